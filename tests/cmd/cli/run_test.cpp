// cli::run from outside: what a command's user sees and what its shell is told.
#include "support/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace cli {
namespace {

using support::run_result;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

run_result sample(std::vector<std::string> arguments, const support::run_options& options = {}) {
  arguments.insert(arguments.begin(), SAMPLE_COMMAND);
  return support::run(arguments, options);
}

struct ending_case {
  std::vector<std::string> arguments;
  int status;
  std::string out;
  std::string err;
};

const ending_case ending_cases[] = {
    {{}, 0, "", ""},
    {{"a", "-q", "--", "-b"}, 0, "a\n-b\n", ""},
    {{"--version"}, 0, "sample " SAMPLE_VERSION "\n", ""},
    {{"--end=errors"}, 1, "", "sample: cannot open 'x': No such file or directory\n"},
    {{"--end=usage"},
     2,
     "",
     "sample: A and B do not go together\nTry 'sample --help' for more information.\n"},
    {{"--end=memory"}, 2, "", "sample: out of memory\n"},
    {{"--end=failure"}, 2, "", "sample: unforeseen\n"},
    {{"--jbos"},
     2,
     "",
     "sample: unknown option '--jbos'; did you mean '--jobs'?\n"
     "Try 'sample --help' for more information.\n"},
    {{"1", "2", "3", "4"},
     2,
     "",
     "sample: unexpected operand '4'\nTry 'sample --help' for more information.\n"},
    {{"-j0"},
     2,
     "",
     "sample: invalid value '0' for '--jobs': must be at least 1\n"
     "Try 'sample --help' for more information.\n"},
    {{"-aj3"}, 0, "100 3\n", ""},
    {{"-a", "-j2", "--backend=serial"}, 0, "100 2\n", ""},
    {{"--version", "1", "2", "3", "4"}, 0, "sample " SAMPLE_VERSION "\n", ""},
};

TEST(run, ends_as_scripts_expect) {
  for (const ending_case& c : ending_cases) {
    SCOPED_TRACE(::testing::PrintToString(c.arguments));
    const run_result result = sample(c.arguments);
    EXPECT_EQ(result.status, c.status);
    EXPECT_EQ(result.signal, 0);
    EXPECT_EQ(result.out, c.out);
    EXPECT_EQ(result.err, c.err);
  }
}

TEST(run, help_goes_to_standard_output) {
  const run_result result = sample({"--help"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out,
              StartsWith("sample: Do what a test says.\n\nExample:\n  sample --for 100\n"));
  EXPECT_THAT(result.out, HasSubstr("--jobs=N"));
  EXPECT_EQ(sample({"-h"}).out, result.out);
}

TEST(run, help_shows_defaults_not_what_is_set) {
  const run_result result = sample({"--progress=never", "--for=7", "--help"});
  EXPECT_EQ(result.out, sample({"--help"}).out);
  EXPECT_THAT(sample({"--generate=man-options"}).out, Not(HasSubstr("Default: man-options")));
}

TEST(run, generates_from_the_whole_table) {
  for (const char* kind : {"completion-bash", "completion-zsh", "completion-fish"}) {
    const run_result result = sample({"--generate", kind});
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(result.out, HasSubstr("stubborn")) << kind;
    EXPECT_THAT(result.out, HasSubstr("jobs")) << kind;
  }
  EXPECT_THAT(sample({"--generate=man-options"}).out, HasSubstr("\\fB\\-\\-all\\-cores\\fR\n"));
}

TEST(run, tells_of_a_full_disk) {
  for (const char* what : {"--help", "--version", "--output=100000", "x"}) {
    const run_result result = sample({what}, {.stdout_to = "/dev/full"});
    EXPECT_EQ(result.status, 1) << what;
    EXPECT_EQ(result.err, "sample: write error: No space left on device\n") << what;
  }
}

TEST(run, tells_of_a_closed_output) {
  const run_result result = sample({"x"}, {.close_stdout = true});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "sample: write error: Bad file descriptor\n");
  EXPECT_EQ(sample({}, {.close_stdout = true}).status, 0) << "nothing to print, nothing to fail";
}

TEST(run, dies_quietly_when_the_reader_leaves) {
  const run_result result = sample({"--output=10000000"}, {.stdout_limit = 10});
  EXPECT_EQ(result.signal, SIGPIPE);
  EXPECT_EQ(result.err, "");
}

TEST(run, tells_of_a_broken_pipe_where_the_signal_is_ignored) {
  const run_result result =
      sample({"--output=10000000"}, {.stdout_limit = 10, .ignored_signals = {SIGPIPE}});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "sample: write error: Broken pipe\n");
}

TEST(run, colors_messages_only_where_asked) {
  EXPECT_EQ(sample({"--color=always", "--end=failure"}).err,
            "\x1b[1;31msample:\x1b[0m unforeseen\n");
  EXPECT_THAT(sample({"--help", "--color=always"}).out, HasSubstr("\x1b[1mOptions:\x1b[0m"));
  EXPECT_THAT(sample({"--color=always", "--bad"}).err, StartsWith("\x1b[1;31msample:"));
}

}  // namespace
}  // namespace cli
