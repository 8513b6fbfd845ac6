#include "par/processes/start_method.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "libpar/processes/start_methods.h"
#include "libpar/sanitized.h"
#include "par/processes/process.h"
#include "support/run.h"

namespace par {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class start_method_ : public started_by {};
INSTANTIATE_TEST_SUITE_P(each, start_method_, each_start_method(), name_of_case);

std::string this_program() {
  return fs::read_symlink("/proc/self/exe");
}

std::size_t open_files_of(const std::string& number) {
  const fs::directory_iterator all("/proc/" + number + "/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

void send_open_files(connection end) {
  std::vector<std::string> links;
  for (const fs::directory_entry& each : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;  // The one that lists them.
    const std::string link = fs::read_symlink(each, gone);
    if (std::stoi(each.path().filename()) > 2 && !gone) links.push_back(link);
  }
  end.send(links);
}

// Sockets of its own: what it was sent, how it talks to its parent and to the fork server.
TEST_P(start_method_, passes_no_open_files_but_those_it_is_to) {
  const descriptor kept(::open("/dev/zero", O_RDONLY));  // NOLINT(*-cloexec)
  auto [mine, other] = pipe();
  const process child(with(), bound<&send_open_files>(std::move(other)));
  const auto links = mine.recv<std::vector<std::string>>();
  if (GetParam() == start_method::fork) {
    EXPECT_THAT(links, testing::Contains("/dev/zero"));
    return;
  }
  std::size_t sockets = 0;
  for (const std::string& each : links) {
    if (each.starts_with("socket:")) ++sockets;
    EXPECT_THAT(each, testing::AnyOf(HasSubstr("socket:"), HasSubstr("/proc/")));
  }
  EXPECT_EQ(sockets, 3U);
}

void send_surroundings(connection end) {
  const char* const variable = std::getenv("START_METHOD_TEST");
  end.send(std::pair(fs::current_path().string(), std::string(variable ? variable : "none")));
}

TEST_P(start_method_, gives_the_working_directory_and_an_environment) {
  const fs::path before = fs::current_path();
  fs::current_path("/proc");
  ::setenv("START_METHOD_TEST", "set", 1);
  auto [mine, other] = pipe();
  const process child(with(), bound<&send_surroundings>(std::move(other)));
  fs::current_path(before);
  ::unsetenv("START_METHOD_TEST");
  const auto [directory, variable] = mine.recv<std::pair<std::string, std::string>>();
  EXPECT_EQ(directory, "/proc");
  EXPECT_EQ(variable, GetParam() == start_method::forkserver ? "none" : "set")
      << "the fork server has that of its beginning";
}

void send_parent(connection end) {
  end.send(getppid());
}

pid_t fork_server() {
  auto [mine, other] = pipe();
  const process child(bound<&send_parent>(std::move(other)));
  return mine.recv<pid_t>();
}

// Polled: what the other process does is seen a little later.
bool comes_to_have_open_files(pid_t number, std::size_t count) {
  const deadline until = deadline::in(std::chrono::seconds(20));
  while (open_files_of(std::to_string(number)) != count) {
    if (until.passed()) return false;
  }
  return true;
}

void throw_now_and_then(int number) {
  if (number % 3 == 0) throw std::runtime_error("now and then");
}

TEST_P(start_method_, leaves_no_zombie_and_no_descriptor) {
  const pid_t server = fork_server();
  const std::size_t before = open_files_of("self");
  constexpr std::size_t files_of_server = 5;  // Standard streams, requests, events.
  EXPECT_TRUE(comes_to_have_open_files(server, files_of_server));
  for (int i = 0; i < 200; ++i) {
    process child(with(), bound<&throw_now_and_then>(i));
    const pid_t number = child.pid();
    if (i % 2 == 0) child.kill();
    child.join();
    EXPECT_FALSE(is_there(number));
  }
  EXPECT_EQ(open_files_of("self"), before);
  EXPECT_TRUE(comes_to_have_open_files(server, files_of_server));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD) << "nor is the fork server a child of this process";
}

struct never_arrives {
  void run() {}
  void save(parcel_writer& to) const { to(1); }
  void load(parcel_reader& from) {
    int value = 0;
    from(value);
    throw codec_error("codec: on purpose");
  }
};

TEST_P(start_method_, tells_of_a_body_that_cannot_be_decoded) {
  process child(with(), never_arrives());
  child.join();
  if (GetParam() == start_method::fork) {
    EXPECT_TRUE(child.status()->ok()) << "nothing is encoded";
    return;
  }
  EXPECT_EQ(child.status(), exit_status::exited(1));
  ASSERT_TRUE(child.error());
  EXPECT_THAT(child.error()->type(), HasSubstr("codec_error"));
}

void send_one(connection end) {
  end.send(1);
}

// However few there are: either it runs, or nothing does.
TEST_P(start_method_, without_descriptors_is_an_error) {
  if (under_address_sanitizer || under_thread_sanitizer) GTEST_SKIP() << "sanitizers need some";
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const std::size_t open_before = open_files_of("self");
  int refused = 0;
  for (rlim_t more = 2;; ++more) {
    SCOPED_TRACE(more);
    auto [mine, other] = pipe();
    rlimit few = before;
    few.rlim_cur = static_cast<rlim_t>(descriptor(::dup(STDIN_FILENO)).get()) + more;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    int error = 0;
    process child;
    try {
      child = process(with(), bound<&send_one>(std::move(other)));
    } catch (const std::system_error& thrown) {
      error = thrown.code().value();
    }
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    if (error != 0) {
      EXPECT_EQ(error, EMFILE);
      EXPECT_THROW(static_cast<void>(mine.recv<int>()), end_of_stream) << "nothing ran";
      ++refused;
      continue;
    }
    child.join();
    if (!child.status()->ok()) continue;  // Too few for it: then it tells.
    EXPECT_EQ(mine.recv<int>(), 1);
    break;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(open_files_of("self"), open_before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(start_method, is_prepared_for_first) {
  for (const char* const each : {"without-preparation", "with-a-thread", "with-a-killed-server",
                                 "with-signals-for-the-server", "with-a-stopped-server",
                                 "as-somebody-else", "where-one-may-not-search"}) {
    SCOPED_TRACE(each);
    const auto result = support::run({this_program(), std::string("--scenario=") + each});
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.err, "");
  }
}

TEST(start_method, spawn_s_option_is_not_for_people) {
  for (const char* const each : {"99", "0", "-1", "x", ""}) {
    SCOPED_TRACE(each);
    const auto result = support::run({this_program(), std::string("--par-child=") + each},
                                     {.stdin_from = "/dev/null"});
    EXPECT_NE(result.status, 0);
    EXPECT_EQ(result.out, "") << "no test has begun";
    EXPECT_THAT(result.err, HasSubstr("only for processes that libpar starts"));
  }
}

}  // namespace
}  // namespace par
