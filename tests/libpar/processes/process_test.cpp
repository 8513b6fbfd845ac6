#include "par/processes/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "par/pools/thread_pool.h"

namespace par {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// Until it is killed.
void sleep_for_ever() {
  for (;;) ::pause();
}

bool is_there(pid_t number) {
  return ::kill(number, 0) == 0;
}

TEST(process, runs_a_function_in_a_child) {
  auto [mine, other] = pipe();
  process child = process::fork(
      [end = std::move(other)]() mutable { end.send(std::pair(getpid(), getppid())); });
  const auto [own, parent] = mine.recv<std::pair<pid_t, pid_t>>();
  EXPECT_EQ(own, child.pid());
  EXPECT_EQ(parent, getpid());
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(0));
  EXPECT_TRUE(child.status()->ok());
  EXPECT_FALSE(child.error());
  child.join();  // Any number of times.
}

struct runnable {
  int run() { return 3; }
};

TEST(process, runs_objects_and_exits_with_what_they_return) {
  process child = process::fork(runnable());
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(3));
  process low_byte = process::fork([] { return 259; });
  low_byte.join();
  EXPECT_EQ(low_byte.status()->code(), 3);
  process value = process::fork([] { return std::string("ignored"); });
  value.join();
  EXPECT_EQ(value.status()->code(), 0);
}

TEST(process, brings_back_what_its_function_threw) {
  process child = process::fork([] { throw std::out_of_range("no such line"); });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(1));
  ASSERT_TRUE(child.error());
  EXPECT_EQ(child.error()->type(), "std::out_of_range");
  EXPECT_STREQ(child.error()->what(), "no such line");

  process odd = process::fork([] { throw 5; });
  odd.join();
  ASSERT_TRUE(odd.error());
  EXPECT_EQ(odd.error()->type(), "int");

  process long_winded =
      process::fork([] { throw std::runtime_error(std::string(10'000'000, 'x')); });
  long_winded.join();
  ASSERT_TRUE(long_winded.error());
  EXPECT_THAT(long_winded.error()->what(), HasSubstr("xxxx"));
}

TEST(process, tells_the_signal_that_ended_it) {
  process child = process::fork(sleep_for_ever);
  EXPECT_TRUE(child.is_alive());
  EXPECT_FALSE(child.status());
  EXPECT_FALSE(child.error());
  child.terminate();
  child.join();
  EXPECT_EQ(child.status(), exit_status::killed(SIGTERM));
  EXPECT_FALSE(child.status()->code());
  child.kill();  // Nothing happens.

  process other = process::fork(sleep_for_ever);
  other.kill();
  other.join();
  EXPECT_EQ(other.status()->signal(), SIGKILL);
}

// Threads of libpar block signals, which a child of theirs must not.
TEST(process, of_a_thread_can_be_terminated) {
  std::optional<exit_status> status;
  thread("parent", [&status] {
    process child = process::fork(sleep_for_ever);
    child.terminate();
    child.join();
    status = child.status();
  }).join();
  EXPECT_EQ(status, exit_status::killed(SIGTERM));
}

TEST(process, joins_with_patience_only) {
  process child = process::fork(sleep_for_ever);
  EXPECT_FALSE(child.join_for(1ms));
  EXPECT_FALSE(child.join_until(std::chrono::system_clock::now() + 1ms));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(child.join(stop.get_token()));
  child.kill();
  EXPECT_TRUE(child.join_for(1h));
}

TEST(process, starts_later_if_deferred) {
  process child = process::fork({.name = "late", .deferred = true}, [] { return 4; });
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
  process never = process::fork({.deferred = true}, [] {});  // Its destructor does not wait.
}

TEST(process, has_a_name_and_knows_it) {
  auto [mine, other] = pipe();
  process named = process::fork("sorter", [&end = other] {
    const process_info self = process::current();
    end.send(std::tuple(self.name, self.pid, self.parent, self.daemon));
    process grandchild = process::fork([&end] { end.send(process::current().name); });
    grandchild.join();
  });
  EXPECT_EQ(named.name(), "sorter");
  EXPECT_EQ((mine.recv<std::tuple<std::string, pid_t, pid_t, bool>>()),
            std::tuple("sorter", named.pid(), getpid(), false));
  EXPECT_THAT(mine.recv<std::string>(), testing::MatchesRegex("Process-[0-9]+:1"));
  process first = process::fork([] {});
  process second = process::fork([] {});
  EXPECT_THAT(first.name(), testing::MatchesRegex("Process-[0-9]+"));
  EXPECT_NE(first.name(), second.name());
  EXPECT_EQ(process::current().name, "MainProcess");
}

TEST(process, runs_on_the_processors_asked_for) {
  cpu_set_t mine;
  ASSERT_EQ(sched_getaffinity(0, sizeof mine, &mine), 0);
  int first = 0;
  while (!CPU_ISSET(static_cast<std::size_t>(first), &mine)) ++first;
  process child = process::fork({.cpus = {first}}, [first] {
    cpu_set_t own;
    sched_getaffinity(0, sizeof own, &own);
    return CPU_COUNT(&own) == 1 && CPU_ISSET(static_cast<std::size_t>(first), &own) ? 0 : 1;
  });
  child.join();
  EXPECT_TRUE(child.status()->ok());
  process nowhere = process::fork({.cpus = {CPU_SETSIZE - 1}}, [] {});
  nowhere.join();
  ASSERT_TRUE(nowhere.error());
  EXPECT_THAT(nowhere.error()->what(), HasSubstr("processors"));
}

// A pool with threads in the parent; the child makes one of its own.
TEST(process, forks_while_threads_run) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  thread_pool pool(2);
  const auto busy = submit(pool, [] { return 1; });
  process child = process::fork([] {
    thread_pool own(2);
    return submit(own, [] { return 6; }).get();
  });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(6));
}

// What stdio has not written yet is not written by both.
TEST(process, writes_what_is_buffered_once) {
  std::FILE* const scratch = std::tmpfile();
  ASSERT_NE(scratch, nullptr);
  const int out = ::dup(STDOUT_FILENO);
  std::fflush(stdout);
  ::dup2(::fileno(scratch), STDOUT_FILENO);
  std::printf("parent ");
  process child = process::fork([] { std::printf("child "); });
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

TEST(process, destructor_waits_for_it) {
  auto [mine, other] = pipe();
  pid_t number = 0;
  {
    process child = process::fork([end = std::move(other)]() mutable {
      end.send(1);
      static_cast<void>(end.recv<int>());
    });
    number = child.pid();
    static_cast<void>(mine.recv<int>());
    mine.send(2);
  }
  EXPECT_FALSE(is_there(number)) << "neither alive nor a zombie";
}

TEST(process, that_is_a_daemon_is_killed_by_the_destructor) {
  pid_t number = 0;
  {
    const process child = process::fork({.daemon = true}, sleep_for_ever);
    number = child.pid();
  }
  EXPECT_FALSE(is_there(number));
}

TEST(process, that_is_a_daemon_has_no_children) {
  process child = process::fork({.daemon = true}, [] {
    if (process::current().daemon) process grandchild = process::fork([] {});
  });
  child.join();
  ASSERT_TRUE(child.error());
  EXPECT_EQ(child.error()->type(), "std::logic_error");
}

// The parent is killed, so that nothing of its own can end the daemon.
TEST(process, that_is_a_daemon_ends_with_its_parent) {
  auto [mine, other] = pipe();
  process parent = process::fork([&end = other] {
    const process child = process::fork({.daemon = true}, [&end] {
      end.send(getpid());
      sleep_for_ever();
    });
    sleep_for_ever();
  });
  const auto daemon = mine.recv<pid_t>();
  other.close();
  EXPECT_TRUE(is_there(daemon));
  parent.kill();
  parent.join();
  EXPECT_THROW(static_cast<void>(mine.recv<pid_t>()), end_of_stream) << "both have ended";
}

// The thread that started it ends: that is not the parent's end.
TEST(process, that_is_a_daemon_outlives_the_thread_that_started_it) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  process child;
  auto [mine, other] = pipe();
  thread("starter", [&child, &other = other] {
    child = process::fork({.daemon = true}, [&other] {
      static_cast<void>(other.recv<int>());
      return 7;
    });
  }).join();
  mine.send(1);
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(7));
}

TEST(process, outlives_a_parent_that_does_not_wait) {
  auto [mine, other] = pipe();
  process parent = process::fork([&end = other] {
    process child = process::fork([&end] {
      end.send(getpid());
      static_cast<void>(end.recv<int>());
      end.send(2);
    });
    sleep_for_ever();
  });
  static_cast<void>(mine.recv<pid_t>());
  parent.kill();
  parent.join();
  mine.send(1);
  EXPECT_EQ(mine.recv<int>(), 2);
}

// Killed at any moment, in the middle of a message too: what arrives is whole and in order.
TEST(process, killed_while_it_sends_loses_no_more_than_one_message) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    auto [in, out] = pipe(false);
    process sender = process::fork([end = std::move(out)]() mutable {
      for (int i = 0;; ++i) end.send(std::vector<int>(static_cast<std::size_t>(i % 5000), i));
    });
    const std::size_t enough = random() % 50;
    std::size_t got = 0;
    try {
      for (;; ++got) {
        if (got == enough) sender.kill();
        const auto message = in.recv<std::vector<int>>();
        ASSERT_EQ(message, std::vector<int>(got % 5000, static_cast<int>(got)));
      }
    } catch (const end_of_stream&) {
      EXPECT_GE(got, enough);
    }
  }
}

TEST(process, is_nobodys_child_in_a_child) {
  process first = process::fork(sleep_for_ever);
  process second = process::fork([&first] { first.join(); });
  second.join();
  ASSERT_TRUE(second.error());
  EXPECT_EQ(second.error()->type(), "std::logic_error");
  first.kill();
}

TEST(process, can_be_moved) {
  process child = process::fork([] { return 1; });
  process moved = std::move(child);
  EXPECT_EQ(child.pid(), 0);  // NOLINT(bugprone-use-after-move): nothing is left there.
  child = std::move(moved);
  child.join();
  EXPECT_EQ(child.status()->code(), 1);
}

TEST(process, without_the_news_of_its_end_has_an_unknown_status) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  process child = process::fork([] { return 1; });
  child.join();
  EXPECT_EQ(child.status(), exit_status::unknown());
  EXPECT_FALSE(child.status()->ok());
  std::signal(SIGCHLD, before);
}

std::size_t open_files() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(process, leaves_no_zombie_and_no_descriptor) {
  const std::size_t before = open_files();
  for (int i = 0; i < 100; ++i) {
    process child = process::fork([i] {
      if (i % 3 == 0) throw std::runtime_error("now and then");
    });
    if (i % 2 == 0) child.kill();
  }
  EXPECT_EQ(open_files(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(process, is_waited_for_by_its_descriptor) {
  process child = process::fork([] {});
  EXPECT_GE(child.native_handle(), 0);
  child.join();
  EXPECT_EQ(process().native_handle(), -1);
}

}  // namespace
}  // namespace par
