// What happens to a command that is interrupted, on a real terminal.
#include "cli/signals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "support/pseudo_terminals.h"
#include "support/pty.h"
#include "support/screen.h"

namespace cli {
namespace {

using support::pty;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int columns = 90;

std::vector<std::string> sample(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SAMPLE_COMMAND);
  return arguments;
}

std::vector<std::string> lines_of(const pty& terminal) {
  support::screen screen(columns);
  screen.feed(terminal.received());
  return screen.lines();
}

TEST(signals, the_first_stops_cleanly_and_the_shell_is_told) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    pty terminal(sample({"--for=60000"}), {.columns = columns});
    terminal.wait_for(" steps");
    terminal.send_signal(number);
    const support::pty_result result = terminal.finish();
    EXPECT_EQ(result.signal, number);
    EXPECT_THAT(lines_of(terminal), ElementsAre("summary", ""));
  }
}

TEST(signals, control_c_stops_cleanly) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=60000", "--path=" + std::string(200, 'x')}), {.columns = columns});
  terminal.wait_for("xxx");  // The bar is as long as it may be, and "^C" comes behind it.
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
  EXPECT_THAT(lines_of(terminal), ElementsAre("summary", ""));
}

TEST(signals, the_second_ends_a_command_that_does_not_react) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=60000", "--stubborn"}), {.columns = columns});
  terminal.wait_for(" steps");
  terminal.type("\x03");
  terminal.wait_for("stubborn");
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
  EXPECT_THAT(terminal.received(), Not(HasSubstr("summary")));
  EXPECT_TRUE(terminal.received().ends_with("\r\x1b[K")) << "the line is left clean";
}

TEST(signals, the_second_may_be_another_one) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=60000", "--stubborn"}), {.columns = columns});
  terminal.wait_for(" steps");
  terminal.type("\x03");
  terminal.wait_for("stubborn");
  terminal.send_signal(SIGTERM);
  EXPECT_EQ(terminal.finish().signal, SIGTERM);
}

TEST(signals, a_command_that_waits_for_input_stops_too) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--read"}), {.columns = columns});
  terminal.wait_for("reading");
  terminal.wait_asleep();
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
}

// Under a shell with job control, since a session's leader cannot be stopped by the terminal.
TEST(signals, control_z_clears_the_line_and_the_bar_comes_back) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal({"sh", "-m", "-c", "\"$0\" --for=60000; echo stopped; fg", SAMPLE_COMMAND},
               {.columns = columns});
  terminal.wait_for(" steps");
  terminal.type("\x1a");
  terminal.wait_for("stopped\r\n");
  const std::size_t before = terminal.received().size();
  EXPECT_THAT(lines_of(terminal), Contains("stopped")) << "nothing of the bar before it";
  terminal.wait_until(
      [&](const std::string& all) { return all.find(" steps", before) != std::string::npos; });
  terminal.type("\x03");
  terminal.wait_for("summary");
  terminal.finish();
}

TEST(signals, those_ignored_at_the_start_stay_ignored) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=60000"}), {.columns = columns, .ignored_signals = {SIGHUP}});
  terminal.wait_for(" steps");
  terminal.send_signal(SIGHUP);
  terminal.send_signal(SIGINT);
  EXPECT_EQ(terminal.finish().signal, SIGINT) << "the first that was not ignored";
  EXPECT_THAT(lines_of(terminal), ElementsAre("summary", ""));
}

}  // namespace
}  // namespace cli
