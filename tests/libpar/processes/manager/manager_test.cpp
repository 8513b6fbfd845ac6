#include "par/processes/manager/manager.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "libpar/processes/manager/local_manager.h"
#include "libpar/processes/start_methods.h"
#include "libpar/sanitized.h"
#include "par/processes/process_pool.h"
#include "support/temp_dir.h"

namespace par {
namespace {

using testing::HasSubstr;

void push_seven(const managed_list<int>& onto) {
  onto.push_back(7);
}

TEST(manager, starts_its_process_by_every_method) {
  for (const auto start : {start_method::fork, start_method::forkserver, start_method::spawn}) {
    const manager shared({.start = start});
    EXPECT_NE(shared.pid(), getpid());
    EXPECT_EQ(manager::connect(shared.address(), shared.key()).value<int>(3).get(), 3);
  }
}

TEST(manager, serves_from_a_process_of_its_own) {
  const support::temp_dir scratch;
  for (const std::string& address :
       {std::string(), std::string("127.0.0.1:0"), scratch.path().string() + "/manager"}) {
    SCOPED_TRACE(address);
    pid_t number = 0;
    {
      manager shared({.address = address});
      number = shared.pid();
      EXPECT_NE(number, getpid());
      const auto list = shared.list<int>();
      process child(bound<&push_seven>(list));
      child.join();
      EXPECT_EQ(list.values(), std::vector{7});
    }
    EXPECT_FALSE(is_there(number));
  }
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "manager"));
}

void count_up(const managed_dict<std::string, int>& hits, const managed_mutex& guard, int times) {
  for (int i = 0; i < times; ++i) {
    const par::lock_guard lock(guard);
    hits.set("a.log", hits.get_or("a.log", 0) + 1);
  }
}

class manager_of_children : public started_by {};

INSTANTIATE_TEST_SUITE_P(each, manager_of_children, each_start_method(), name_of_case);

TEST_P(manager_of_children, gives_proxies_to_processes) {
  manager shared;
  const auto hits = shared.dict<std::string, int>();
  const auto guard = shared.mutex();
  std::vector<process> workers;
  for (int i = 0; i < 3; ++i) workers.emplace_back(with(), bound<&count_up>(hits, guard, 20));
  for (process& each : workers) each.join();
  EXPECT_EQ(hits.at("a.log"), 60);
}

TEST_P(manager_of_children, gives_proxies_to_tasks_of_a_pool) {
  if (under_thread_sanitizer && GetParam() == start_method::fork) {
    GTEST_SKIP() << "a child that is forked while threads run may have none itself";
  }
  manager shared;
  const auto hits = shared.dict<std::string, int>();
  const auto guard = shared.mutex();
  process_pool pool({.workers = 2, .start = GetParam()});
  std::vector<future<void>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(pool.submit<&count_up>(hits, guard, 20));
  for (future<void>& each : tasks) each.get();
  EXPECT_EQ(hits.at("a.log"), 60);
}

TEST(manager, finds_objects_by_name) {
  local_manager local;
  manager other = manager::connect(local.server.address(), local.server.key());
  local.shared.dict<std::string, int>("hits").set("a", 1);
  EXPECT_EQ((other.dict<std::string, int>("hits").at("a")), 1);
  EXPECT_EQ((other.dict<std::string, int>("hits")), (local.shared.dict<std::string, int>("hits")));
  EXPECT_FALSE((other.dict<std::string, int>()) == (other.dict<std::string, int>()));
  EXPECT_THROW(static_cast<void>(other.dict<std::string, double>("hits")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(other.mutex("hits")), std::invalid_argument);
  EXPECT_EQ(other.value<int>(3, "limit").get(), 3);
  EXPECT_EQ(other.value<int>(4, "limit").get(), 3) << "made once";
}

TEST(manager, erases_objects) {
  local_manager local;
  const auto old = local.shared.value<int>(1, "limit");
  EXPECT_TRUE(local.shared.erase(old));
  EXPECT_FALSE(local.shared.erase(old));
  EXPECT_THROW(static_cast<void>(old.get()), std::out_of_range);
  EXPECT_EQ(local.shared.value<int>(2, "limit").get(), 2);
  EXPECT_THROW(static_cast<void>(managed_value<int>().get()), std::logic_error);
}

TEST(manager, refuses_strangers) {
  local_manager local;
  EXPECT_THROW(static_cast<void>(manager::connect(local.server.address(), authentication_key("x"))),
               authentication_error);
  EXPECT_EQ(local.shared.value<int>(1).get(), 1);
}

void fail_first() {
  throw std::runtime_error("no database");
}

void name_first() {
  static_cast<void>(std::signal(SIGUSR1, SIG_IGN));
}

TEST(manager, runs_an_initializer_first) {
  manager shared({.initializer = &name_first});
  ::kill(shared.pid(), SIGUSR1);
  EXPECT_EQ(shared.value<int>(2).get(), 2);
  try {
    manager failing({.initializer = &fail_first});
    FAIL() << "it has thrown";
  } catch (const remote_error& error) {
    EXPECT_STREQ(error.what(), "no database");
  }
  EXPECT_THROW(manager({.address = "/does/not/exist"}), remote_error);
  EXPECT_THROW(manager({.key = {}}), std::invalid_argument);
}

TEST(manager, leaves_the_interrupt_key_to_the_program) {
  manager shared;
  ::kill(shared.pid(), SIGINT);
  EXPECT_EQ(shared.value<int>(2).get(), 2);
}

// In the middle of a call, before the next, and for those who come later.
TEST(manager, that_is_killed_is_an_error_for_all) {
  manager shared;
  const auto queue = shared.queue<int>();
  const auto number = shared.value<int>(1);
  EXPECT_EQ(number.get(), 1);
  std::jthread waiter([&] { EXPECT_THROW(static_cast<void>(queue.get()), manager_gone); });
  ::kill(shared.pid(), SIGKILL);
  waiter.join();
  EXPECT_THROW(static_cast<void>(number.get()), manager_gone);
  EXPECT_THROW(static_cast<void>(number.get()), manager_gone);
  EXPECT_THROW(static_cast<void>(manager::connect(shared.address(), shared.key())),
               std::system_error);
  shared.shutdown();
}

// Whoever holds a lock then gets the error, too: its guard lets it pass.
TEST(manager, that_is_killed_takes_its_locks_along) {
  const manager shared;
  const auto guard = shared.mutex();
  const auto number = shared.value<int>(1);
  const auto use = [&] {
    const par::lock_guard lock(guard);
    ::kill(shared.pid(), SIGKILL);
    for (;;) number.set(number.get() + 1);
  };
  EXPECT_THROW(use(), manager_gone);
}

TEST(manager, that_shuts_down_lets_nobody_wait) {
  local_manager local;
  const auto queue = local.shared.queue<int>();
  const auto guard = local.shared.mutex();
  guard.lock();
  std::jthread gets([&] { EXPECT_THROW(static_cast<void>(queue.get()), manager_gone); });
  std::jthread locks([&] { EXPECT_THROW(guard.lock(), manager_gone); });
  local.shared.shutdown();
  gets.join();
  locks.join();
  local.runner.join();
  EXPECT_THROW(queue.put(1), manager_gone);
  local.shared.shutdown();  // Any number of times.
}

TEST(manager, serves_here_until_it_is_stopped) {
  manager_server server;
  std::stop_source stop;
  std::jthread runner([&] { server.serve_here(stop.get_token()); });
  EXPECT_EQ(manager::connect(server.address(), server.key()).value<int>(1).get(), 1);
  stop.request_stop();
}

TEST(manager, is_moved_with_its_process) {
  manager shared;
  const pid_t first = shared.pid();
  shared = manager();
  EXPECT_FALSE(is_there(first));
  manager other = std::move(shared);
  EXPECT_EQ(other.value<int>(1).get(), 1);
}

// A child that is forked neither talks on its parent's connection nor keeps it open.
TEST(manager, is_used_by_forked_children_on_their_own) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  manager shared;
  const auto guard = shared.mutex();
  const auto number = shared.value<int>(1);
  auto [mine, its] = pipe();
  process parent = child_that_sleeps_in([=, &its = its](auto ready) {
    guard.lock();
    process child = process::fork([=, &its] {
      number.set(2);
      static_cast<void>(its.recv<bool>());
    });
    while (number.get() != 2) std::this_thread::yield();
    ready();
    ::pause();
  });
  kill_and_wait(parent);
  guard.lock();
  EXPECT_EQ(number.get(), 2);
  mine.send(true);
}

// So many at once that none of them is dropped.
TEST(manager, takes_many_clients_at_once) {
  local_manager local;
  const auto list = local.shared.list<int>();
  {
    std::vector<std::jthread> many;
    for (int i = 0; i < 100; ++i) many.emplace_back([&list, i] { list.push_back(i); });
  }
  EXPECT_EQ(list.size(), 100U);
}

}  // namespace
}  // namespace par
