#include "par/processes/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "libpar/processes/start_methods.h"
#include "libpar/sanitized.h"
#include "par/pools/thread.h"

namespace par {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class process_by : public started_by {};
INSTANTIATE_TEST_SUITE_P(each, process_by, each_start_method(), name_of_case);

using introduction = std::tuple<std::string, pid_t, pid_t, bool>;

void introduce(connection end) {
  const process_info self = process::current();
  end.send(introduction(self.name, self.pid, self.parent, self.daemon));
}

TEST_P(process_by, runs_a_function_in_a_child) {
  auto [mine, other] = pipe();
  process child(with({.name = "sorter"}), bound<&introduce>(std::move(other)));
  EXPECT_EQ(mine.recv<introduction>(), introduction("sorter", child.pid(), getpid(), false));
  EXPECT_NE(child.pid(), getpid());
  EXPECT_EQ(child.name(), "sorter");
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(0));
  EXPECT_TRUE(child.status()->ok());
  EXPECT_FALSE(child.error());
  child.join();  // Any number of times.
}

struct runnable {
  int run() { return 3; }
};

TEST_P(process_by, runs_objects_and_exits_with_what_they_return) {
  process child(with(), runnable());
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(3));
  process low_byte(with(), [] { return 259; });
  low_byte.join();
  EXPECT_EQ(low_byte.status()->code(), 3);
  process value(with(), [] { return std::string("ignored"); });
  value.join();
  EXPECT_EQ(value.status()->code(), 0);
}

void send_length(const std::vector<int>& numbers, connection end) {
  end.send(numbers.size());
}

TEST_P(process_by, takes_arguments_of_any_size) {
  auto [mine, other] = pipe();
  process child(with(), bound<&send_length>(std::vector<int>(5'000'000, 1), std::move(other)));
  EXPECT_EQ(mine.recv<std::size_t>(), 5'000'000U);
  EXPECT_THROW(static_cast<void>(mine.recv<int>()), end_of_stream) << "this process kept no copy";
}

struct silent : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return nullptr; }
};

TEST_P(process_by, brings_back_what_its_function_threw) {
  process child(with(), [] { throw std::out_of_range("no such line"); });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(1));
  ASSERT_TRUE(child.error());
  EXPECT_EQ(child.error()->type(), "std::out_of_range");
  EXPECT_STREQ(child.error()->what(), "no such line");

  process odd(with(), [] { throw 5; });
  odd.join();
  ASSERT_TRUE(odd.error());
  EXPECT_EQ(odd.error()->type(), "int");

  process wordless(with(), [] { throw silent(); });
  wordless.join();
  ASSERT_TRUE(wordless.error());
  EXPECT_THAT(wordless.error()->type(), HasSubstr("silent"));

  process long_winded(with(), [] { throw std::runtime_error(std::string(10'000'000, 'x')); });
  long_winded.join();
  ASSERT_TRUE(long_winded.error());
  EXPECT_THAT(long_winded.error()->what(), HasSubstr("xxxx"));
}

TEST_P(process_by, tells_the_signal_that_ended_it) {
  process child(with(), sleep_for_ever);
  EXPECT_TRUE(child.is_alive());
  EXPECT_FALSE(child.status());
  EXPECT_FALSE(child.error());
  child.terminate();
  child.join();
  EXPECT_EQ(child.status(), exit_status::killed(SIGTERM));
  EXPECT_FALSE(child.status()->code());
  child.kill();  // Nothing happens.

  process other(with(), sleep_for_ever);
  other.kill();
  other.join();
  EXPECT_EQ(other.status()->signal(), SIGKILL);
}

// Threads of libpar block signals, which a child of theirs must not.
TEST_P(process_by, of_a_thread_can_be_terminated) {
  std::optional<exit_status> status;
  thread("parent", [&status] {
    process child(with(), sleep_for_ever);
    child.terminate();
    child.join();
    status = child.status();
  }).join();
  EXPECT_EQ(status, exit_status::killed(SIGTERM));
}

TEST_P(process_by, joins_with_patience_only) {
  process child(with(), sleep_for_ever);
  EXPECT_FALSE(child.join_for(1ms));
  EXPECT_FALSE(child.join_until(std::chrono::system_clock::now() + 1ms));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(child.join(stop.get_token()));
  child.kill();
  EXPECT_TRUE(child.join_for(1h));
}

TEST_P(process_by, starts_later_if_deferred) {
  process child(with({.name = "late", .deferred = true}), [] { return 4; });
  EXPECT_EQ(child.pid(), 0);
  EXPECT_FALSE(child.is_alive());
  EXPECT_FALSE(child.status());
  EXPECT_THROW(child.join(), std::logic_error);
  EXPECT_THROW(child.kill(), std::logic_error);
  child.start();
  EXPECT_THROW(child.start(), std::logic_error);
  child.join();
  EXPECT_EQ(child.status()->code(), 4);
  EXPECT_THROW(child.start(), std::logic_error);
  process never(with({.deferred = true}), [] {});  // Its destructor does not wait.
}

// One that starts another one of its own, so many times.
void introduce_the_last(start_method method, int generations, connection end) {
  if (generations == 0) return introduce(std::move(end));
  process child({.start = method},
                bound<&introduce_the_last>(method, generations - 1, std::move(end)));
}

TEST_P(process_by, has_children_of_its_own_and_a_name_that_tells) {
  auto [mine, other] = pipe();
  process child(with(), bound<&introduce_the_last>(GetParam(), 2, std::move(other)));
  EXPECT_THAT(child.name(), testing::MatchesRegex("Process-[0-9]+"));
  EXPECT_EQ(std::get<0>(mine.recv<introduction>()), child.name() + ":1:1");
  process second(with(), [] {});
  EXPECT_NE(child.name(), second.name());
  EXPECT_EQ(process::current().name, "MainProcess");
}

int runs_only_on(int processor) {
  cpu_set_t own;
  sched_getaffinity(0, sizeof own, &own);
  return CPU_COUNT(&own) == 1 && CPU_ISSET(static_cast<std::size_t>(processor), &own) ? 0 : 1;
}

TEST_P(process_by, runs_on_the_processors_asked_for) {
  cpu_set_t mine;
  ASSERT_EQ(sched_getaffinity(0, sizeof mine, &mine), 0);
  int first = 0;
  while (!CPU_ISSET(static_cast<std::size_t>(first), &mine)) ++first;
  process child(with({.cpus = {first}}), bound<&runs_only_on>(first));
  child.join();
  EXPECT_TRUE(child.status()->ok());
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(first), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  process same(with(), bound<&runs_only_on>(first));
  same.join();
  EXPECT_TRUE(same.status()->ok()) << "where its parent may run by now";
  ASSERT_EQ(sched_setaffinity(0, sizeof mine, &mine), 0);
  process nowhere(with({.cpus = {CPU_SETSIZE - 1}}), [] {});
  nowhere.join();
  ASSERT_TRUE(nowhere.error());
  EXPECT_THAT(nowhere.error()->what(), HasSubstr("processors"));
}

// What stdio has not written yet is not written by both; and the child writes where its parent
// does.
TEST_P(process_by, writes_what_is_buffered_once) {
  std::FILE* const scratch = std::tmpfile();
  ASSERT_NE(scratch, nullptr);
  const int out = ::dup(STDOUT_FILENO);
  std::fflush(stdout);
  ::dup2(::fileno(scratch), STDOUT_FILENO);
  std::printf("parent ");
  if (GetParam() != start_method::fork) std::fflush(stdout);  // The buffer is not copied.
  process child(with(), [] { std::printf("child "); });
  child.join();
  std::fflush(stdout);
  ::dup2(out, STDOUT_FILENO);
  ::close(out);
  std::rewind(scratch);
  std::string text(64, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), scratch));
  std::fclose(scratch);
  EXPECT_EQ(text, "parent child ");
}

void wait_for_word(connection end) {
  end.send(getpid());
  static_cast<void>(end.recv<int>());
  end.send(2);
}

TEST_P(process_by, destructor_waits_for_it) {
  auto [mine, other] = pipe();
  pid_t number = 0;
  {
    process child(with(), bound<&wait_for_word>(std::move(other)));
    number = mine.recv<pid_t>();
    EXPECT_EQ(number, child.pid());
    mine.send(1);
  }
  EXPECT_FALSE(is_there(number)) << "neither alive nor a zombie";
  EXPECT_EQ(mine.recv<int>(), 2);
}

TEST_P(process_by, that_is_a_daemon_is_killed_by_the_destructor) {
  pid_t number = 0;
  {
    const process child(with({.daemon = true}), sleep_for_ever);
    number = child.pid();
  }
  EXPECT_FALSE(is_there(number));
}

TEST_P(process_by, that_is_a_daemon_has_no_children) {
  process child(with({.daemon = true}), [] {
    if (process::current().daemon) process grandchild({.start = start_method::fork}, [] {});
  });
  child.join();
  ASSERT_TRUE(child.error());
  EXPECT_EQ(child.error()->type(), "std::logic_error");
}

void send_number_and_sleep(connection end) {
  end.send(getpid());
  sleep_for_ever();
}

void have_daemon(start_method method, connection end) {
  const process child({.start = method, .daemon = true},
                      bound<&send_number_and_sleep>(std::move(end)));
  sleep_for_ever();
}

// The parent is killed, so that nothing of its own can end the daemon.
TEST_P(process_by, that_is_a_daemon_ends_with_its_parent) {
  auto [mine, other] = pipe();
  process parent(with(), bound<&have_daemon>(GetParam(), std::move(other)));
  EXPECT_TRUE(is_there(mine.recv<pid_t>()));
  parent.kill();
  parent.join();
  EXPECT_THROW(static_cast<void>(mine.recv<pid_t>()), end_of_stream) << "both have ended";
}

int seven_after_a_word(connection end) {
  static_cast<void>(end.recv<int>());
  return 7;
}

// The thread that started it ends: that is not the parent's end.
TEST_P(process_by, that_is_a_daemon_outlives_the_thread_that_started_it) {
  if (under_thread_sanitizer && GetParam() == start_method::fork) {
    GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  }
  process child;
  auto [mine, other] = pipe();
  thread("starter", [&child, &other = other] {
    child = process(with({.daemon = true}), bound<&seven_after_a_word>(std::move(other)));
  }).join();
  mine.send(1);
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(7));
}

void have_child(start_method method, connection end) {
  const process child({.start = method}, bound<&wait_for_word>(std::move(end)));
  sleep_for_ever();
}

TEST_P(process_by, outlives_a_parent_that_does_not_wait) {
  auto [mine, other] = pipe();
  process parent(with(), bound<&have_child>(GetParam(), std::move(other)));
  static_cast<void>(mine.recv<pid_t>());
  parent.kill();
  parent.join();
  mine.send(1);
  EXPECT_EQ(mine.recv<int>(), 2);
}

TEST_P(process_by, can_be_moved) {
  process child(with(), [] { return 1; });
  process moved = std::move(child);
  EXPECT_EQ(child.pid(), 0);  // NOLINT(bugprone-use-after-move): nothing is left there.
  child = std::move(moved);
  child.join();
  EXPECT_EQ(child.status()->code(), 1);
}

// The fork server waits for its children itself.
TEST_P(process_by, without_the_news_of_its_end_has_an_unknown_status) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  process child(with(), [] { return 1; });
  child.join();
  EXPECT_EQ(child.status(), GetParam() == start_method::forkserver ? exit_status::exited(1)
                                                                   : exit_status::unknown());
  EXPECT_FALSE(child.status()->ok());
  std::signal(SIGCHLD, before);
}

TEST_P(process_by, is_waited_for_by_its_descriptor) {
  process child(with(), [] {});
  EXPECT_GE(child.native_handle(), 0);
  child.join();
  EXPECT_EQ(process().native_handle(), -1);
}

}  // namespace
}  // namespace par
