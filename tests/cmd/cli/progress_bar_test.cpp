// The bar as it appears on a real terminal, in files, and to programs.
#include "cli/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "cmd/cli/capture.h"
#include "support/pseudo_terminals.h"
#include "support/pty.h"
#include "support/run.h"
#include "support/screen.h"

namespace cli {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using support::pty;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> sample(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SAMPLE_COMMAND);
  return arguments;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) {
    ++found;
  }
  return found;
}

support::screen shown(const pty& terminal, int columns) {
  support::screen screen(columns);
  screen.feed(terminal.received());
  return screen;
}

TEST(progress_bar, appears_and_is_gone_at_the_end) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=400", "--total=1000", "--path=some/where"}), {.columns = 100});
  terminal.wait_for("0% [..........]");
  terminal.wait_for("/1,000 steps");
  terminal.wait_for("some/where");
  EXPECT_EQ(terminal.finish().status, 0);
  EXPECT_EQ(shown(terminal, 100).lines(), (std::vector<std::string>{"summary", ""}));
}

TEST(progress_bar, messages_scroll_past_above_it) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=400", "--messages=20", "--color=never"}));
  terminal.wait_for("sample: message 20\r\n\r");  // And the bar again below.
  const std::vector<std::string> lines = shown(terminal, 80).lines();
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(lines.at(i), "sample: message " + std::to_string(i + 1));
  }
  EXPECT_EQ(terminal.finish().status, 0);
  EXPECT_EQ(shown(terminal, 80).lines().size(), 22U)
      << "messages, summary, and the empty last line";
}

TEST(progress_bar, draws_at_most_ten_times_a_second) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const auto start = clock::now();
  pty terminal(sample({"--for=1000"}));
  EXPECT_EQ(terminal.finish().status, 0);
  const std::chrono::duration<double> took = clock::now() - start;
  const std::size_t drawn = count(terminal.received(), "/100 steps");
  EXPECT_GE(drawn, 2U);
  EXPECT_LE(static_cast<double>(drawn), took.count() * 10 + 1);
}

TEST(progress_bar, never_wraps_in_a_narrow_window) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  for (const int columns : {60, 20, 5, 2, 1}) {
    pty terminal(sample({"--for=250", "--path=" + std::string(200, 'x')}), {.columns = columns});
    EXPECT_EQ(terminal.finish().status, 0);
    std::string bars = terminal.received();
    bars.erase(bars.rfind("summary"));
    support::screen screen(columns);
    screen.feed(bars);
    EXPECT_EQ(screen.wrapped(), 0) << columns;
    EXPECT_EQ(screen.lines(), std::vector<std::string>{""}) << columns;
  }
}

TEST(progress_bar, follows_the_window) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  pty terminal(sample({"--for=60000", "--total=1000000"}), {.columns = 40});
  terminal.wait_for("/1,000,000 steps");
  EXPECT_THAT(terminal.received(), Not(HasSubstr("some/where"))) << "no room for the path";
  terminal.resize(120);
  terminal.wait_for("some/where");
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
}

TEST(progress_bar, is_silent_where_it_does_not_belong) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const std::pair<const char*, support::pty_options> cases[] = {
      {"dumb terminal", {.environment = {"TERM=dumb"}}},
      {"no TERM", {.environment = {"TERM="}}},
  };
  for (const auto& [name, options] : cases) {
    pty terminal(sample({"--for=150"}), options);
    EXPECT_EQ(terminal.finish().status, 0);
    EXPECT_EQ(terminal.received(), "summary\r\n") << name;
  }
  EXPECT_EQ(support::run(sample({"--for=150"})).err, "summary\n");
  for (const char* flag : {"--progress=never", "-q"}) {
    pty terminal(sample({"--for=150", flag}));
    EXPECT_EQ(terminal.finish().status, 0);
    EXPECT_THAT(terminal.received(), Not(HasSubstr("steps"))) << flag;
  }
}

TEST(progress_bar, can_be_forced) {
  const support::run_result result = support::run(sample({"--for=150", "--progress=always"}));
  EXPECT_THAT(result.err, HasSubstr(" steps"));
  EXPECT_TRUE(result.err.ends_with("\r\x1b[Ksummary\n"));
}

TEST(progress_bar, json_is_one_line_a_second_and_a_last_one) {
  const support::run_result result = support::run(sample({"--for=1300", "--progress=json"}));
  EXPECT_EQ(result.status, 0);
  const std::size_t lines = count(result.err, "{\"elapsed\":");
  EXPECT_GE(lines, 2U);
  EXPECT_EQ(count(result.err, "\"finished\":false}\n"), lines - 1);
  EXPECT_EQ(count(result.err, "\"finished\":true}\nsummary\n"), 1U);
  EXPECT_THAT(result.err, Not(HasSubstr("\x1b")));
}

TEST(progress_bar, destroying_it_does_not_wait_for_the_next_turn) {
  const capture file;
  status_line line(file.descriptor());
  const auto start = clock::now();
  for (int i = 0; i < 100; ++i) {
    const progress_bar bar(progress_mode::json, line, [] { return progress_sample{}; });
  }
  EXPECT_LT(clock::now() - start, 50s) << "a turn is a second";
  EXPECT_EQ(count(file.text(), "\"finished\":true"), 100U);
}

TEST(progress_bar, switched_off_never_samples) {
  const capture file;
  status_line line(file.descriptor());
  std::atomic<int> sampled = 0;
  {
    const progress_bar bar(progress_mode::off, line, [&] {
      ++sampled;
      return progress_sample{};
    });
  }
  EXPECT_EQ(sampled, 0);
  EXPECT_EQ(file.text(), "");
}

}  // namespace
}  // namespace cli
