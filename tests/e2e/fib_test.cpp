// fib as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "support/child.h"
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
    {{"-3..2"}, "2\n-1\n1\n0\n1\n1\n"},
    {{"--nth", "-6"}, "-8\n"},
    {{"--from", "-2", "--count", "3"}, "-1\n1\n0\n"},
    {{"--count", "3"}, "1\n1\n2\n"},
    {{"--until", "10"}, "1\n1\n2\n3\n5\n8\n"},
    {{"--from", "0", "--until", "1"}, "0\n1\n1\n"},
    {{"--start", "2,1", "0..5"}, "2\n1\n3\n4\n7\n11\n"},
    {{"--start=-5,3", "0..3"}, "-5\n3\n-2\n1\n"},
    {{"-b", "16", "20..21"}, "1a6d\n2ac2\n"},
    {{"--base", "62", "--nth", "30"}, "3US0\n"},
    {{"--mod", "10", "15..17"}, "0\n7\n7\n"},
    {{"--digits", "--nth", "1000"}, "209\n"},
    {{"--first", "5", "--nth", "1000"}, "43466\n"},
    {{"--last", "5", "--nth", "1000"}, "28875\n"},
    {{"--last", "3", "--nth", "-30"}, "040\n"},
    {{"--first", "3", "--nth", "-30"}, "-832\n"},
    {{"--digits", "--nth", "1000000000000000000"}, "208987640249978734\n"},
    {{"--index", "9..10"}, "9\t34\n10\t55\n"},
    {{"--separator", ", ", "4"}, "1, 1, 2, 3\n"},
    {{"--separator", "", "4"}, "1123\n"},
    {{"--separator", ",", "0"}, ""},
    {{"-0", "3"},
     std::string("1\0"
                 "1\0"
                 "2\0",
                 6)},
    {{"--json", "2"}, "[{\"index\":1,\"number\":\"1\"},\n{\"index\":2,\"number\":\"1\"}]\n"},
    {{"--json", "0"}, "[]\n"},
    {{"--json", "--digits", "--nth", "99"}, "[{\"index\":99,\"digits\":21}]\n"},
    {{"--json", "--mod", "7", "--nth", "8"}, "[{\"index\":8,\"remainder\":\"0\"}]\n"},
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
    {{}, "say which numbers: N, I..J, --nth N, --until LIMIT, or - to read indices"},
    {{"ten"}, "'ten': not a number: must be from 0 to 1000000000000000000"},
    {{"10000000001"}, "an index must be from -10000000000 to 10000000000, or to "},
    {{"99999999999999999999999"}, "must be from 0 to 1000000000000000000"},
    {{"-3"}, "'-3': must be from 0 to 1000000000000000000"},
    {{"5..3"}, "'5..3': the range is empty: its end is below its start"},
    {{"5.."}, "'5..': a range needs both ends, as in 0..10"},
    {{"0..x"}, "'0..x': end of the range: not a number"},
    {{"--nth", "x"}, "not a number: must be from -1000000000000000000 to 1000000000000000000"},
    {{"--nth", "10000000001"}, "an index must be from -10000000000 to 10000000000"},
    {{"--nth", "5", "7"}, "N or I..J and --nth contradict each other"},
    {{"--from", "5"}, "--from needs --count or --until"},
    {{"--base", "99", "7"}, "invalid value '99' for '--base': must be from 2 to 62"},
    {{"-x", "7"}, "unknown option '-x'"},
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
    EXPECT_EQ(result.signal, SIGPIPE);
  }
}

// One thread computes and writes, so there is nobody else to see the interrupt.
TEST(fib, ends_at_an_interrupt_though_its_reader_takes_nothing) {
  support::child stream({BIN_DIR "/fib", "--backend", "serial", "1000000"});
  stream.wait_for_out("\n");
  stream.send_signal(SIGINT);
  stream.wait_for_end();
  const support::child_result result = stream.finish();
  EXPECT_EQ(result.signal, SIGINT);
  EXPECT_EQ(result.err, "");
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

TEST(fib, tells_beforehand_that_memory_will_not_do) {
  if (sanitized) GTEST_SKIP() << "sanitizers reserve more address space than the limit leaves";
  const auto limited = [](const std::string& arguments) {
    return run({"/bin/sh", "-c", "ulimit -v 1000000; exec " BIN_DIR "/fib " + arguments});
  };
  const run_result single = limited("--nth 10000000000");
  EXPECT_THAT(single.err, StartsWith("fib: F(10000000000) needs about "));
  EXPECT_THAT(single.err, HasSubstr("; --digits, --first, --last and --mod need less\n"));
  EXPECT_EQ(single.out, "");
  EXPECT_EQ(single.status, 2);

  EXPECT_THAT(limited("-- -10000000000..1").err, HasSubstr("F(-10000000000) needs about "));

  const run_result last = limited("--nth 10000000000 --last 3");
  EXPECT_EQ(last.out, "875\n");
  EXPECT_EQ(last.status, 0);
  EXPECT_EQ(limited("--nth 5 --last 100000000").out, "5\n");  // It has but one digit.
}

TEST(fib, says_when_memory_runs_out) {
  if (sanitized) GTEST_SKIP() << "sanitizers reserve more address space than the limit leaves";
  const run_result result =
      run({"/bin/sh", "-c", "ulimit -v 45000; exec " BIN_DIR "/fib -j1 --nth 40000000"});
  EXPECT_EQ(result.err, "fib: out of memory\n");
  EXPECT_TRUE(result.out.empty());
  EXPECT_EQ(result.status, 1);
}

TEST(fib, reads_indices_and_tells_bad_ones_by_their_line) {
  const run_result result = fib({"--index", "-"}, {.input = "5\n7 8,-2..0\nx\n\n12"});
  EXPECT_EQ(result.out, "5\t5\n7\t13\n8\t21\n-2\t-1\n-1\t1\n0\t0\n12\t144\n");
  EXPECT_THAT(result.err, StartsWith("fib: line 3: 'x': not a number: must be from "));
  EXPECT_THAT(result.err, HasSubstr("\nfib: 1 index left out\n"));
  EXPECT_EQ(result.status, 1);
}

TEST(fib, tells_a_failed_read_alone) {
  const run_result result = run({"/bin/sh", "-c", BIN_DIR "/fib - </"});
  EXPECT_EQ(result.err, "fib: cannot read standard input: Is a directory\n");
  EXPECT_EQ(result.status, 1);
}

TEST(fib, shows_the_steps_of_one_long_number_or_part_of_it) {
  for (const std::vector<std::string>& which :
       std::vector<std::vector<std::string>>{{"--nth", "1000000"},
                                             {"--nth", "1000000000000", "--last", "1000"},
                                             {"--nth", "1000000000000", "--first", "1000"},
                                             {"--nth", "1000000000000", "--mod", "1000007"},
                                             {"--nth", "1000000000000", "--digits"}}) {
    std::vector<std::string> arguments = {"--progress=json"};
    arguments.insert(arguments.end(), which.begin(), which.end());
    const std::string last = fib(arguments).err;
    EXPECT_THAT(last, HasSubstr("\"unit\":\"steps\",\"percent\":100,")) << last;
  }
}

TEST(fib, prints_what_it_has_read_before_it_waits_for_more) {
  const run_result result =
      run({"/bin/sh", "-c",
           "mkfifo() { command mkfifo \"$@\"; }; d=$(mktemp -d); mkfifo $d/in "
           "$d/out; " BIN_DIR "/fib - <$d/in >$d/out & exec 3>$d/in 4<$d/out; "
           "echo 10 >&3; read a <&4; echo 20 >&3; read b <&4; exec 3>&-; "
           "wait; rm -r $d; echo $a $b"});
  EXPECT_EQ(result.out, "55 6765\n");
}

TEST(fib, lets_everything_of_a_list_but_its_bad_items_through_a_separator) {
  EXPECT_EQ(fib({"-S", "+", "-"}, {.input = "1 2 bad 3"}).out, "1+1+2\n");
  EXPECT_EQ(fib({"--json", "-"}, {.input = ""}).out, "[]\n");
}

TEST(fib, is_explained_with_an_example_first) {
  const run_result result = fib({"--help"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_LT(result.out.find("fib 10"), result.out.find("--nth"));
}

}  // namespace
