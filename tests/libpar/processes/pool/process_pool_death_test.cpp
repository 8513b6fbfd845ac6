// What a worker's death costs, wherever it happens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "libpar/processes/pool/kill_under_load.h"
#include "libpar/processes/pool/pool_tasks.h"
#include "par/processes/process.h"
#include "par/processes/process_pool.h"

namespace par {
namespace {

using testing::HasSubstr;
class process_pool_death_test : public pool_test {};
INSTANTIATE_TEST_SUITE_P(each, process_pool_death_test, each_start_method(), name_of_case);

enum class accident { none, kill, exit, fault };

void happen(accident what) {
  if (what == accident::kill) ::raise(SIGKILL);
  if (what == accident::exit) ::_exit(0);
  if (what == accident::fault) throw std::domain_error("an accident");
}

bool in_test() {
  return process::current().name == "MainProcess";
}

// Where it is encoded or decoded, if that happens in another process than the test's.
struct fragile {
  accident at_save = accident::none;
  accident at_load = accident::none;
  bool in_parent = false;  // At load, there.

  template <class Archive>
  void save(Archive& archive) const {
    if (!in_test()) happen(at_save);
    archive(at_save, at_load, in_parent);
  }
  template <class Archive>
  void load(Archive& archive) {
    archive(at_save, at_load, in_parent);
    if (in_test() == in_parent) happen(at_load);
  }
};

fragile give_back(fragile value) {
  return value;
}

void meet(accident what) {
  happen(what);
}

void leave(int status) {
  std::quick_exit(status);  // Not exit(): the leak sanitizer would have its say.
}

template <class T>
std::optional<exit_status> death_of(future<T> task) {
  try {
    static_cast<void>(task.get());
  } catch (const worker_died& error) {
    return error.status();
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
  return std::nullopt;
}

template <class T>
std::string error_of(future<T> task) {
  try {
    static_cast<void>(task.get());
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

TEST_P(process_pool_death_test, is_told_with_pid_and_status) {
  process_pool pool(with(1));
  running_task running(pool);
  ASSERT_EQ(::kill(running.pid, SIGTERM), 0);
  try {
    static_cast<void>(running.result.get());
    FAIL() << "it was killed";
  } catch (const worker_died& error) {
    EXPECT_EQ(error.pid(), running.pid);
    EXPECT_EQ(error.status(), exit_status::killed(SIGTERM));
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(running.pid)));
  }
  EXPECT_EQ(pool.submit<&add>(1, 2).get(), 3) << "another one takes its place";
}

TEST_P(process_pool_death_test, at_any_point_of_a_task_costs_that_task) {
  process_pool pool(with(1));
  const auto next_works = [&] { EXPECT_EQ(pool.submit<&add>(1, 2).get(), 3); };
  const exit_status killed = exit_status::killed(SIGKILL);
  const exit_status exited = exit_status::exited(0);

  EXPECT_EQ(death_of(pool.submit<&meet>(accident::kill)), killed);
  next_works();
  EXPECT_EQ(death_of(pool.submit<&meet>(accident::exit)), exited);
  next_works();
  EXPECT_EQ(death_of(pool.submit<&leave>(3)), exit_status::exited(3));
  next_works();
  EXPECT_EQ(death_of(pool.submit<&die_by>(SIGABRT)), exit_status::killed(SIGABRT));
  next_works();
  EXPECT_EQ(death_of(pool.submit<&give_back>(fragile{.at_load = accident::kill})), killed)
      << "while its arguments are decoded";
  next_works();
  EXPECT_EQ(death_of(pool.submit<&give_back>(fragile{.at_load = accident::exit})), exited);
  next_works();
  EXPECT_EQ(death_of(pool.submit<&give_back>(fragile{.at_save = accident::kill})), killed)
      << "while its result is encoded";
  next_works();
  EXPECT_EQ(death_of(pool.submit<&give_back>(fragile{.at_save = accident::exit})), exited);
  next_works();
}

TEST_P(process_pool_death_test, is_not_what_a_throwing_value_brings) {
  process_pool pool(with(1));
  const pid_t worker = pool.submit<&own_pid>().get();
  EXPECT_EQ(error_of(pool.submit<&give_back>(fragile{.at_load = accident::fault})), "an accident");
  EXPECT_EQ(error_of(pool.submit<&give_back>(fragile{.at_save = accident::fault})), "an accident");
  EXPECT_EQ(
      error_of(pool.submit<&give_back>(fragile{.at_load = accident::fault, .in_parent = true})),
      "an accident");
  EXPECT_EQ(pool.submit<&own_pid>().get(), worker);
}

void close_all_files() {
  for (int number = 3; number < 1000; ++number) ::close(number);
}

// Takes longer than a pool looks for an answer before it sleeps.
pid_t own_pid_later() {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
  while (std::chrono::steady_clock::now() < until) continue;
  return own_pid();
}

// By which the worker rings for the pool, too, and by which the pool sees that it lives. It is
// replaced once one of them is missed, and the task that it has then is lost.
TEST_P(process_pool_death_test, is_what_closing_files_of_others_brings) {
  process_pool pool(with(1));
  const pid_t worker = pool.submit<&own_pid>().get();
  pool.submit<&close_all_files>().wait();
  pid_t next = worker;
  while (next == worker) {
    try {
      next = pool.submit<&own_pid_later>().get();
    } catch (const worker_died& death) {
      EXPECT_EQ(death.pid(), worker);
    }
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(pool.submit<&add>(1, i).get(), 1 + i);
}

TEST_P(process_pool_death_test, of_an_idle_worker_costs_nothing) {
  process_pool pool(with(2));
  for (int i = 0; i < 5; ++i) {
    const std::vector<pid_t> before = pool.pids();
    for (const pid_t each : before) ::kill(each, SIGKILL);
    while (pool.pids() == before) ::sched_yield();
    EXPECT_EQ(pool.submit<&add>(1, i).get(), 1 + i);
  }
}

TEST_P(process_pool_death_test, after_shutdown_leaves_the_rest_to_others) {
  process_pool pool(with(2));
  running_task running(pool);
  running_task doomed(pool);
  auto queued = pool.submit<&add>(1, 2);
  pool.shutdown();
  ASSERT_EQ(::kill(doomed.pid, SIGKILL), 0);
  EXPECT_EQ(queued.get(), 3);
  running.end.send(5);
  EXPECT_EQ(running.result.get(), 5);
  pool.join();
  EXPECT_THROW(static_cast<void>(doomed.result.get()), worker_died);
}

// The first attempts die, the word says which one does not.
int count_down(connection counter) {
  const int left = counter.recv<int>();
  if (left > 0) ::raise(SIGKILL);
  return left;
}

TEST_P(process_pool_death_test, is_followed_by_another_try_if_asked) {
  process_pool pool(with({.workers = 2, .retries = 2}));
  auto [mine, other] = pipe();
  for (const int left : {2, 1, 0}) mine.send(left);
  EXPECT_EQ(pool.submit<&count_down>(other).get(), 0);
  for (const int left : {3, 2, 1, 0}) mine.send(left);
  EXPECT_EQ(death_of(pool.submit<&count_down>(other)), exit_status::killed(SIGKILL));
}

int fail_sometimes(int number) {
  if (number % 50 == 7) ::raise(SIGKILL);
  return number;
}

// What was queued behind a task that dies, and what was done before it, is not lost.
TEST_P(process_pool_death_test, costs_exactly_the_task_that_died) {
  const auto files_before = open_files();
  {
    process_pool pool(with(2));
    std::vector<future<int>> all;
    for (int i = 0; i < 1000; ++i) all.push_back(pool.submit<&fail_sometimes>(i));
    for (int i = 0; i < 1000; ++i) {
      SCOPED_TRACE(i);
      future<int>& each = all[static_cast<std::size_t>(i)];
      if (i % 50 == 7) {
        EXPECT_THROW(static_cast<void>(each.get()), worker_died);
      } else {
        EXPECT_EQ(each.get(), i);
      }
    }
    EXPECT_THAT(pool.pids(), testing::SizeIs(2));
  }
  EXPECT_FALSE(has_children());
  EXPECT_EQ(open_files(), files_before);
}

TEST_P(process_pool_death_test, by_chance_leaves_everything_in_order) {
  kill_under_load(GetParam(), GetParam() == start_method::spawn ? 10 : 40);
}

int base = 0;

void set_base(int to) {
  if (to < 0) throw std::domain_error("no negative base");
  if (to == 0) ::raise(SIGKILL);
  base = to;
}

int add_base(int to) {
  return base + to;
}

TEST_P(process_pool_death_test, brings_a_new_worker_that_is_initialized) {
  process_pool pool(with({.workers = 1, .initializer = initializer<&set_base>(40)}));
  EXPECT_EQ(pool.submit<&add_base>(2).get(), 42);
  EXPECT_EQ(death_of(pool.submit<&meet>(accident::kill)), exit_status::killed(SIGKILL));
  EXPECT_EQ(pool.submit<&add_base>(3).get(), 43);
}

TEST_P(process_pool_death_test, in_the_initializer_again_and_again_breaks_the_pool) {
  for (const int to : {-1, 0}) {
    SCOPED_TRACE(to);
    process_pool pool(with({.workers = 2, .initializer = initializer<&set_base>(to)}));
    auto lost = [&] {
      try {
        return error_of(pool.submit<&add_base>(2));
      } catch (const broken_process_pool& error) {  // It broke before.
        return std::string(error.what());
      }
    }();
    EXPECT_THAT(lost, HasSubstr("broken"));
    EXPECT_THAT(lost, HasSubstr(to == 0 ? "SIGKILL" : "no negative base"));
    EXPECT_THROW(static_cast<void>(pool.submit<&add_base>(2)), broken_process_pool);
    pool.close();
    pool.join();
  }
}

TEST_P(process_pool_death_test, comes_after_so_many_tasks_if_asked) {
  process_pool pool(with({.workers = 1, .max_tasks_per_child = 3}));
  std::vector<future<pid_t>> pids;
  for (int i = 0; i < 10; ++i) pids.push_back(pool.submit<&own_pid>());
  std::vector<pid_t> all;
  for (auto& each : pids) all.push_back(each.get());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i] == all[i / 3 * 3], true) << i;
    if (i >= 3) {
      EXPECT_NE(all[i], all[i - 3]) << i;
    }
  }
}

}  // namespace
}  // namespace par
