// fib as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "support/run.h"

namespace {

using support::run;
using support::run_result;
using ::testing::HasSubstr;
using ::testing::StartsWith;

run_result fib(std::vector<std::string> arguments, const support::run_options& options = {}) {
  arguments.insert(arguments.begin(), BIN_DIR "/fib");
  return run(arguments, options);
}

struct output_case {
  std::vector<std::string> arguments;
  std::string want;
};

const output_case outputs[] = {
    {{"5"}, "1\n1\n2\n3\n5\n"},
    {{"10"}, "1\n1\n2\n3\n5\n8\n13\n21\n34\n55\n"},
    {{"1"}, "1\n"},
    {{"0"}, ""},
    {{"0..4"}, "0\n1\n1\n2\n3\n"},
    {{"0..0"}, "0\n"},
    {{"12..14"}, "144\n233\n377\n"},
    {{"--nth", "0"}, "0\n"},
    {{"--nth", "1"}, "1\n"},
    {{"--nth=100"}, "354224848179261915075\n"},
    {{"-n", "94"}, "19740274219868223167\n"},
    {{"-j", "1", "3"}, "1\n1\n2\n"},
    {{"--backend", "serial", "3"}, "1\n1\n2\n"},
    {{"--backend", "threads", "3"}, "1\n1\n2\n"},
    {{"--", "3"}, "1\n1\n2\n"},
};

TEST(fib, prints_what_is_asked_for) {
  for (const output_case& c : outputs) {
    const run_result result = fib(c.arguments);
    SCOPED_TRACE(::testing::PrintToString(c.arguments));
    EXPECT_EQ(result.out, c.want);
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(result.status, 0);
  }
}

TEST(fib, prints_the_same_with_any_number_of_threads) {
  const run_result serial = fib({"--backend", "serial", "9000"});
  EXPECT_EQ(std::ranges::count(serial.out, '\n'), 9000);
  for (const char* const jobs : {"1", "2", "5"}) {
    EXPECT_TRUE(fib({"-j", jobs, "9000"}).out == serial.out) << "-j " << jobs;
  }
  const std::string last_two = fib({"8999..9000"}).out;
  EXPECT_TRUE(serial.out.ends_with(last_two));
  EXPECT_TRUE(last_two.ends_with(fib({"--nth", "9000"}).out));
}

struct refusal {
  std::vector<std::string> arguments;
  std::string message;
};

const refusal refusals[] = {
    {{}, "say which numbers: N, I..J or --nth N"},
    {{"ten"}, "'ten': not a number: must be from 0 to 10000000000"},
    {{"10000000001"}, "'10000000001': must be from 0 to 10000000000"},
    {{"99999999999999999999999"}, "must be from 0 to 10000000000"},
    {{"--", "-3"}, "'-3': must be from 0 to 10000000000"},
    {{"5..3"}, "'5..3': the range is empty: its end is below its start"},
    {{"5.."}, "'5..': a range needs both ends, as in 0..10"},
    {{"0..x"}, "'0..x': end of the range: not a number"},
    {{"--nth", "x"}, "not a number: must be from 0 to 10000000000"},
    {{"--nth", "10000000001"}, "must be from 0 to 10000000000"},
    {{"--nth", "5", "7"}, "--nth takes no N or I..J beside it"},
    {{"1", "2"}, "2"},
};

TEST(fib, refuses_wrong_usage) {
  for (const refusal& c : refusals) {
    const run_result result = fib(c.arguments);
    SCOPED_TRACE(::testing::PrintToString(c.arguments));
    EXPECT_THAT(result.err, StartsWith("fib: "));
    EXPECT_THAT(result.err, HasSubstr(c.message));
    EXPECT_THAT(result.err, HasSubstr("Try 'fib --help' for more information.\n"));
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.status, 2);
  }
}

// The whole output would be 100 GB and more: ending at all means ending early.
TEST(fib, ends_quietly_when_the_reader_goes) {
  const std::vector<std::vector<std::string>> endless = {{"1000000"},
                                                         {"-j", "7", "10000000000"},
                                                         {"--backend", "serial", "1000000"},
                                                         {"1000000..10000000000"}};
  for (const std::vector<std::string>& arguments : endless) {
    SCOPED_TRACE(::testing::PrintToString(arguments));
    const run_result result = fib(arguments, {.stdout_limit = 6});
    EXPECT_EQ(result.err, "");
    EXPECT_TRUE(result.signal == SIGPIPE || result.status == 0 || result.status == 128 + SIGPIPE)
        << result.status << ", signal " << result.signal;
  }
}

TEST(fib, reports_a_full_disk) {
  for (const char* const count : {"3", "20000"}) {  // At the end, and in the middle.
    const run_result result = fib({count}, {.stdout_to = "/dev/full"});
    EXPECT_THAT(result.err, StartsWith("fib: "));
    EXPECT_THAT(result.err, HasSubstr("No space left on device"));
    EXPECT_EQ(result.status, 1);
  }
}

TEST(fib, reports_a_closed_output) {
  const run_result result = fib({"3"}, {.close_stdout = true});
  EXPECT_THAT(result.err, HasSubstr("Bad file descriptor"));
  EXPECT_EQ(result.status, 1);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

TEST(fib, says_when_memory_runs_out) {
  if (sanitized) GTEST_SKIP() << "sanitizers reserve more address space than the limit leaves";
  const run_result result =
      run({"/bin/sh", "-c", "ulimit -v 1000000; exec " BIN_DIR "/fib --nth 10000000000"});
  EXPECT_EQ(result.err, "fib: out of memory\n");
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.status, 1);
}

TEST(fib, is_explained_with_an_example_first) {
  const run_result result = fib({"--help"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_LT(result.out.find("fib 10"), result.out.find("--nth"));
}

}  // namespace
