#include "par/pools/future.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "executors.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

using namespace std::chrono_literals;

class future_over : public over_executors {};
OVER_EXECUTORS(future_over);

TEST_P(future_over, gives_the_value) {
  par::future<int> f = par::submit(*on, [](int a, int b) { return a * b; }, 6, 7);
  EXPECT_TRUE(f.valid());
  EXPECT_EQ(f.get(), 42);
  EXPECT_FALSE(f.valid());
}

TEST_P(future_over, carries_values_that_can_only_be_moved) {
  auto f = par::submit(*on, [](std::unique_ptr<int> p) { return p; }, std::make_unique<int>(3));
  EXPECT_EQ(*f.get(), 3);
}

TEST_P(future_over, carries_references) {
  int value = 1;
  auto f = par::submit(*on, [&]() -> int& { return value; });
  EXPECT_EQ(&f.get(), &value);
}

TEST_P(future_over, carries_nothing) {
  int runs = 0;
  auto f = par::submit(*on, [&] { ++runs; });
  f.get();
  EXPECT_EQ(runs, 1);
}

TEST_P(future_over, rethrows_what_the_task_threw) {
  auto f = par::submit(*on, []() -> int { throw std::out_of_range("here"); });
  f.wait();
  EXPECT_TRUE(f.done());
  EXPECT_FALSE(f.cancelled());
  try {
    f.get();
    ADD_FAILURE() << "no exception";
  } catch (const std::out_of_range& error) {
    EXPECT_STREQ(error.what(), "here");
  }
  on->wait_idle();  // The exception went to the future, not here.
}

TEST_P(future_over, dropping_it_does_not_stop_the_task) {
  std::atomic<int> runs = 0;
  static_cast<void>(par::submit(*on, [&] { ++runs; }));
  on->wait_idle();
  EXPECT_EQ(runs, 1);
}

TEST_P(future_over, lets_go_of_the_captures_when_done) {
  const auto shared = std::make_shared<int>(0);
  auto f = par::submit(*on, [shared] { return 1; });
  f.wait();
  EXPECT_EQ(shared.use_count(), 1);
}

TEST_P(future_over, timed_wait_ends_with_the_task) {
  auto f = par::submit(*on, [] { return 1; });
  EXPECT_TRUE(f.wait_for(60s));
  EXPECT_TRUE(f.wait_until(std::chrono::system_clock::now()));
  EXPECT_TRUE(f.done());
}

// Each task waits for the next: possible on one thread only because a waiting task runs the awaited
// one itself.
TEST_P(future_over, tasks_can_wait_for_tasks_to_depth_1000) {
  auto count = [&](auto& self, int depth) -> int {
    if (depth == 0) return 0;
    return 1 + par::submit(*on, [&self, depth] { return self(self, depth - 1); }).get();
  };
  EXPECT_EQ(par::submit(*on, [&] { return count(count, 1'000); }).get(), 1'000);
}

TEST_P(future_over, tasks_can_wait_for_many_tasks) {
  auto sum = [&](auto& self, int from, int to) -> int {
    if (to - from == 1) return from;
    const int middle = (from + to) / 2;
    auto left = par::submit(*on, [&self, from, middle] { return self(self, from, middle); });
    const int right = self(self, middle, to);
    return left.get() + right;
  };
  EXPECT_EQ(par::submit(*on, [&] { return sum(sum, 0, 2'000); }).get(), 1'999'000);
}

TEST(future, cancel_stops_what_has_not_begun) {
  par::thread_pool pool(1);
  std::latch go(1);
  auto busy = pool.submit([&] { go.wait(); });
  bool ran = false;
  auto f = pool.submit([&] { ran = true; });
  EXPECT_FALSE(f.done());
  EXPECT_FALSE(f.wait_for(1ms));
  EXPECT_TRUE(f.cancel());
  EXPECT_TRUE(f.done());
  EXPECT_TRUE(f.cancelled());
  EXPECT_FALSE(f.cancel());
  EXPECT_THROW(f.get(), par::future_cancelled);
  go.count_down();
  pool.wait_idle();
  EXPECT_FALSE(ran);
}

TEST(future, cancel_fails_once_the_task_runs) {
  par::thread_pool pool(1);
  std::latch running(1), go(1);
  auto f = pool.submit([&] {
    running.count_down();
    go.wait();
    return 5;
  });
  running.wait();
  EXPECT_FALSE(f.cancel());
  go.count_down();
  EXPECT_EQ(f.get(), 5);
}

// It could not keep its time if it ran the awaited one here; so a spare thread does.
TEST(future, timed_wait_inside_a_task_has_a_spare_thread_run_the_awaited_one) {
  par::thread_pool pool(1);
  const auto elsewhere = [&] {
    auto f = pool.submit([] { return std::this_thread::get_id(); });
    EXPECT_TRUE(f.wait_for(1h));
    return f.get() != std::this_thread::get_id();
  };
  EXPECT_TRUE(pool.submit(elsewhere).get());
}

TEST(future, timed_wait_inside_a_task_without_spare_threads_times_out) {
  par::thread_pool pool({.threads = 1, .spare_threads = 0});
  const auto wait_briefly = [&] { return pool.submit([] {}).wait_for(1ms); };
  EXPECT_FALSE(pool.submit(wait_briefly).get());
}

// A waiter runs only what it waits for: were it to run anything else, it would meet its own lock.
TEST(future, waiting_with_a_lock_held_never_runs_a_stranger) {
  par::thread_pool pool(1);
  par::mutex guard;
  pool.submit([&] {
        const par::lock_guard lock(guard);
        auto awaited = pool.submit([] {});
        auto stranger = pool.submit([&] { const par::lock_guard inner(guard); });
        awaited.get();
      })
      .get();
  pool.wait_idle();
}

TEST(future, many_threads_may_wait_for_one_task) {
  par::thread_pool pool(8);
  std::latch go(1);
  auto f = pool.submit([&] { go.wait(); });
  std::vector<par::future<void>> waiters;
  for (int i = 0; i < 5; ++i) waiters.push_back(pool.submit([&f] { f.wait(); }));
  go.count_down();
  for (auto& each : waiters) each.get();
}

TEST(future, empty_ones_say_so) {
  par::future<int> f;
  EXPECT_FALSE(f.valid());
  EXPECT_THROW(f.get(), std::logic_error);
  EXPECT_THROW(f.wait(), std::logic_error);
  EXPECT_THROW(static_cast<void>(f.done()), std::logic_error);
}

}  // namespace
