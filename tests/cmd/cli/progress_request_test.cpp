// Commands that are asked by a signal how far they are.
#include "cli/progress_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>

#include "cli/progress_bar.h"
#include "cmd/cli/capture.h"
#include "support/child.h"
#include "support/pseudo_terminals.h"
#include "support/pty.h"
#include "support/screen.h"

namespace cli {
namespace {

using support::pty;
using ::testing::HasSubstr;

std::vector<std::string> sample(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SAMPLE_COMMAND);
  return arguments;
}

TEST(progress_request, is_answered_where_there_is_no_terminal) {
  for (const char* flag : {"--progress=auto", "--progress=never", "-q"}) {
    SCOPED_TRACE(flag);
    support::child command(sample({"--for=60000", "--total=100000", "--messages=1", flag}));
    command.wait_for_err("message 1\n");
    command.send_signal(SIGUSR1);
    EXPECT_THAT(command.wait_for_err("/100,000 steps"), HasSubstr("%"));
    command.send_signal(SIGINT);
    EXPECT_EQ(command.finish().signal, SIGINT);
  }
}

TEST(progress_request, is_answered_in_json_where_that_is_wanted) {
  support::child command(sample({"--for=60000", "--messages=1", "--progress=json"}));
  command.wait_for_err("message 1\n");
  command.send_signal(SIGUSR1);
  command.wait_for_err("\"finished\":false}\n");
  command.send_signal(SIGTERM);
  const support::child_result result = command.finish();
  EXPECT_EQ(result.signal, SIGTERM);
  EXPECT_THAT(result.err, HasSubstr("\"finished\":true}\n"));
}

TEST(progress_request, leaves_a_line_above_the_bar) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=60000", "--total=100000"}), {.columns = 90});
  terminal.wait_for(" steps");
  terminal.send_signal(SIGUSR1);
  terminal.wait_for("\n");  // The bar itself never ends a line.
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
  support::screen screen(90);
  screen.feed(terminal.received());
  ASSERT_EQ(screen.lines().size(), 3U);
  EXPECT_THAT(screen.lines()[0], HasSubstr("/100,000 steps"));
  EXPECT_EQ(screen.lines()[1], "summary");
}

// It shows nothing, as it has nothing to count; and the read goes on.
TEST(progress_request, does_not_end_a_command_without_progress) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--read"}));
  terminal.wait_for("reading");
  terminal.wait_asleep();
  terminal.send_signal(SIGUSR1);
  terminal.type("\x04");
  EXPECT_EQ(terminal.finish().status, 0);
}

TEST(progress_request, ignored_at_the_start_stays_ignored) {
  support::child command(sample({"--for=60000", "--messages=1"}), {.ignored_signals = {SIGUSR1}});
  command.wait_for_err("message 1\n");
  command.send_signal(SIGUSR1);
  command.send_signal(SIGINT);
  EXPECT_EQ(command.finish().err.find(" steps"), std::string::npos);
}

// Made before anybody listens, it is answered as soon as somebody does; each request once.
TEST(progress_request, is_kept_until_it_can_be_answered) {
  const capture file;
  status_line line(file.descriptor());
  std::atomic<int> sampled = 0;
  request_progress();
  {
    const progress_bar bar(progress_mode::off, line, [&] {
      ++sampled;
      return progress_sample{.items = 7};
    });
    while (sampled == 0) interrupt_progress_wait();
  }
  EXPECT_EQ(sampled, 1);
  EXPECT_THAT(file.text(), HasSubstr("7 files\n"));
  EXPECT_FALSE(take_progress_request());
}

}  // namespace
}  // namespace cli
