#include "par/pools/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

#include "executors.h"

namespace {

class executor_test : public over_executors {};
OVER_EXECUTORS(executor_test);

TEST_P(executor_test, runs_each_task_once) {
  std::atomic<int> runs = 0;
  for (int i = 0; i < 1'000; ++i) on->post([&] { ++runs; });
  on->wait_idle();
  EXPECT_EQ(runs, 1'000);
}

TEST_P(executor_test, wait_idle_returns_at_once_when_nothing_was_posted) {
  on->wait_idle();
  on->wait_idle();
}

TEST_P(executor_test, wait_idle_waits_for_what_tasks_post) {
  std::atomic<int> runs = 0;
  auto grow = [&](auto& self, int depth) -> void {
    ++runs;
    if (depth == 0) return;
    for (int i = 0; i < 2; ++i) on->post([&self, depth] { self(self, depth - 1); });
  };
  on->post([&] { grow(grow, 9); });
  on->wait_idle();
  EXPECT_EQ(runs, 1023);
}

TEST_P(executor_test, a_chain_of_tasks_does_not_grow_the_stack) {
  int left = 200'000;
  auto next = [&](auto& self) -> void {
    if (--left > 0) on->post([&self] { self(self); });
  };
  on->post([&] { next(next); });
  on->wait_idle();
  EXPECT_EQ(left, 0);
}

TEST_P(executor_test, the_first_exception_comes_out_of_wait_idle_once) {
  std::atomic<int> runs = 0;
  on->post([] { throw std::runtime_error("first"); });
  for (int i = 0; i < 10; ++i) on->post([&] { ++runs; });
  try {
    on->wait_idle();
    ADD_FAILURE() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "first");
  }
  EXPECT_EQ(runs, 10);
  on->wait_idle();
}

TEST_P(executor_test, wait_idle_inside_a_task_is_misuse) {
  on->post([this] { on->wait_idle(); });
  EXPECT_THROW(on->wait_idle(), std::logic_error);
}

TEST_P(executor_test, destroying_it_runs_what_was_posted) {
  std::atomic<int> runs = 0;
  for (int i = 0; i < 100; ++i) {
    on->post([&] {
      ++runs;
      on->post([&] { ++runs; });
    });
  }
  on->wait_idle();
  for (int i = 0; i < 100; ++i) on->post([&] { ++runs; });
  on.reset();
  EXPECT_EQ(runs, 300);
}

TEST_P(executor_test, tasks_are_destroyed_before_wait_idle_returns) {
  const auto shared = std::make_shared<int>(0);
  for (int i = 0; i < 100; ++i) on->post([shared] {});
  on->wait_idle();
  EXPECT_EQ(shared.use_count(), 1);
}

TEST_P(executor_test, has_room_for_at_least_one) {
  EXPECT_GE(on->concurrency(), 1U);
}

}  // namespace
