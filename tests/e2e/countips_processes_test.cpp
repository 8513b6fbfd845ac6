// countips --backend=processes, run as a user does.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "e2e/countips_runs.h"
#include "e2e/process_group.h"
#include "support/child.h"
#include "support/content_of.h"
#include "support/spawn.h"
#include "support/temp_dir.h"

namespace {

using support::run_result;
using ::testing::HasSubstr;

const std::string samples = SOURCE_DIR "/data/samples/";

run_result with(const std::string& backend, std::vector<std::string> arguments,
                const support::run_options& options = {}) {
  arguments.insert(arguments.begin(), "--backend=" + backend);
  return countips(std::move(arguments), options);
}

void expect_same(const std::vector<std::string>& arguments,
                 const support::run_options& options = {}) {
  SCOPED_TRACE(testing::PrintToString(arguments));
  const run_result wanted = with("threads", arguments, options);
  const run_result found = with("processes", arguments, options);
  EXPECT_EQ(found.out, wanted.out);
  EXPECT_EQ(found.err, wanted.err);
  EXPECT_EQ(found.status, wanted.status);
}

// Which process, but for the one given, has the file open for reading; -1: none.
pid_t reader_of(const std::filesystem::path& file, pid_t except) {
  std::error_code ignored;
  for (const auto& process : std::filesystem::directory_iterator("/proc", ignored)) {
    const std::string name = process.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const pid_t number = std::stoi(name);
    if (number == except || number == ::getpid()) continue;
    for (const auto& each : std::filesystem::directory_iterator(process.path() / "fd", ignored)) {
      if (std::filesystem::read_symlink(each.path(), ignored) == file) return number;
    }
  }
  return -1;
}

class countips_processes : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(directory_.path() / name, std::ios::binary) << content;
    return directory_.path() / name;
  }

  // A pipe that keeps whoever reads it waiting: it has a writer that writes nothing.
  std::string make_pipe() {
    const std::string path = directory_.path() / "pipe";
    EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0);
    writer_ = support::unique_fd(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    return path;
  }

  // Waits until a process beside that one reads the pipe.
  static pid_t wait_for_reader(const std::string& pipe, pid_t beside) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < until) {
      const pid_t reader = reader_of(pipe, beside);
      if (reader != -1) return reader;
    }
    ADD_FAILURE() << "nobody reads the pipe";
    return -1;
  }

  support::temp_dir directory_;
  support::unique_fd writer_;
};

TEST_F(countips_processes, give_the_same_answers_as_threads) {
  std::vector<std::string> logs;
  for (const auto& each : std::filesystem::recursive_directory_iterator(samples)) {
    if (each.is_regular_file()) logs.push_back(each.path());
  }
  ASSERT_GT(logs.size(), 50u);
  for (const std::vector<std::string>& options : std::vector<std::vector<std::string>>{
           {"--format=json"},
           {"--by=host", "--format=json", "--total", "--top=3"},
           {"--by=file", "--hosts=separate", "--explain"},
           {"--by=hour", "--tz=Asia/Kolkata", "--status=2xx", "--path=^/", "--exclude-agent=curl"},
           {"--prefix=24,64", "--client-field=forwarded", "--by=total"},
           {"--rejects", "-j3"}}) {
    std::vector<std::string> arguments = options;
    arguments.insert(arguments.end(), logs.begin(), logs.end());
    expect_same(arguments);
  }
}

TEST_F(countips_processes, read_standard_input_and_what_cannot_be_read) {
  const support::run_options input{.stdin_from = samples + "combined.log"};
  expect_same({}, input);
  expect_same({"-", samples + "caddy.log", "/no/such.log", directory_.path()}, input);
}

TEST_F(countips_processes, know_the_formats_of_the_command_line) {
  const std::string log = write("log", "10:00:00 2024-06-09 192.0.2.7\nx\n");
  expect_same({R"(--log-format=(?P<time>\d\S+ \S+) (?P<client>\S+))", log});
  const std::string conf =
      write("nginx.conf", "log_format mine '$time_iso8601 $remote_addr'; access_log x mine;\n");
  expect_same({"--conf=" + conf, write("other", "2024-06-09T10:00:00+00:00 192.0.2.7\n")});
}

// Large enough to be cut.
TEST_F(countips_processes, count_the_parts_of_a_large_file_once) {
  std::string lines;
  for (int i = 0; lines.size() < (std::size_t{72} << 20); ++i) {
    lines += "10." + std::to_string(i % 250) + "." + std::to_string(i / 250 % 250) + ".1 - - [0" +
             std::to_string(1 + i % 7) + "/Jun/2024:10:00:00 +0200] \"GET /\" 200 1\n";
    if (i % 100000 == 0) lines += "nonsense\n";
  }
  expect_same({write("log", lines), "--rejects", "--total", "-j3"});
}

TEST_F(countips_processes, lose_only_the_file_that_one_of_them_died_of) {
  const std::string poison = make_pipe();
  support::child run({BIN_DIR "/countips", "--backend=processes", "-j2", "--by=file",
                      "--format=tsv", "--no-header", samples + "combined.log", poison,
                      samples + "common.log"});
  const pid_t worker = wait_for_reader(poison, run.id());
  ASSERT_GT(worker, 0);
  ASSERT_EQ(::kill(worker, SIGKILL), 0);
  const support::child_result ended = run.finish();
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out,
            count_rows({"--by=file", samples + "combined.log", samples + "common.log"}).out);
  EXPECT_THAT(ended.err, HasSubstr("pipe': the process that counted it was killed by signal 9"));
}

// With the fork server gone nobody takes their place.
TEST_F(countips_processes, lose_each_file_by_its_name_if_none_is_left) {
  const std::string poison = make_pipe();
  support::child run({BIN_DIR "/countips", "--backend=processes", "-j2", poison,
                      samples + "combined.log", samples + "common.log"});
  ASSERT_GT(wait_for_reader(poison, run.id()), 0);
  e2e::kill_others_in_group_of(run.id());
  const support::child_result ended = run.finish();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("pipe': "));
}

// What the program has open for its processes takes none of these numbers.
TEST_F(countips_processes, do_without_standard_streams) {
  const std::string log = samples + "combined.log";
  for (const std::string closed :
       {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"}) {
    for (const std::string& input : {log, std::string("-")}) {
      SCOPED_TRACE(closed + " " + input);
      const auto run_with = [&](const std::string& backend) {
        return support::run({"/bin/sh", "-c",
                             BIN_DIR "/countips --backend=" + backend + " " + input + " " + closed},
                            {.stdin_from = log});
      };
      const run_result wanted = run_with("threads");
      const run_result found = run_with("processes");
      EXPECT_EQ(found.out, wanted.out);
      EXPECT_EQ(found.err, wanted.err);
      EXPECT_EQ(found.status, wanted.status);
    }
  }
}

TEST_F(countips_processes, end_with_the_first_interrupt) {
  const std::string pipe = make_pipe();
  support::child run({BIN_DIR "/countips", "--backend=processes", pipe});
  const pid_t worker = wait_for_reader(pipe, run.id());
  ASSERT_GT(worker, 0);
  ASSERT_EQ(::kill(worker, SIGINT), 0);  // As a terminal does; that is the parent's matter.
  run.send_signal(SIGINT);
  EXPECT_EQ(run.finish().signal, SIGINT);
  EXPECT_EQ(reader_of(pipe, run.id()), -1);
}

TEST_F(countips_processes, do_not_follow) {
  const run_result refused = with("processes", {"--follow", samples + "combined.log"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--follow"));
}

#ifdef EXAMPLES_DIR
// libpar's example counts simple logs with a manager and with a pool.
TEST_F(countips_processes, agree_with_the_example) {
  const std::vector<std::string> logs = {samples + "combined.log", samples + "rotated/access.log",
                                         samples + "rotated/access.log.1"};
  std::vector<std::string> example = {EXAMPLES_DIR "/log_counter"};
  example.insert(example.end(), logs.begin(), logs.end());
  std::vector<std::string> arguments = {"--backend=processes", "--by=file"};
  arguments.insert(arguments.end(), logs.begin(), logs.end());
  const std::string rows = count_rows(arguments).out;
  EXPECT_THAT(rows, HasSubstr("combined.log\t7\t4\n"));
  EXPECT_EQ(support::run(example).out,
            "through a dict of a manager\n" + rows + "through a callback of a pool\n" + rows);
}
#endif

}  // namespace
