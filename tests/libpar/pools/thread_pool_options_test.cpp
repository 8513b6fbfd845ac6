// What a thread pool does at its edges: hooks, failures, limits, its own destruction.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "par/pools/blocking_scope.h"
#include "par/pools/thread_pool.h"

namespace {

using namespace std::chrono_literals;

// Threads of this process by the beginning of their names, as the system has them.
std::ptrdiff_t threads_named(const std::string& beginning) {
  namespace fs = std::filesystem;
  return std::count_if(fs::directory_iterator("/proc/self/task"), fs::directory_iterator(),
                       [&](const fs::directory_entry& each) {
                         std::string name;
                         std::ifstream(each.path() / "comm") >> name;
                         return name.starts_with(beginning);
                       });
}

TEST(thread_pool_hooks, run_on_each_thread_before_its_first_task_and_after_its_last) {
  std::atomic<int> started = 0, ended = 0, runs = 0;
  {
    par::thread_pool pool({.threads = 3,
                           .on_start = [&] { ++started; },
                           .on_exit = [&] { ended += runs > 0 ? 1 : 100; }});
    std::latch all(3);
    for (int i = 0; i < 3; ++i) {
      pool.post([&] {
        all.arrive_and_wait();
        ++runs;
      });
    }
    pool.wait_idle();
    EXPECT_EQ(started, 3);
    EXPECT_EQ(ended, 0);
  }
  EXPECT_EQ(ended, 3);
}

TEST(thread_pool_hooks, initializer_that_throws_breaks_the_pool_with_its_reason) {
  std::latch go(1);
  par::thread_pool pool({.threads = 1, .on_start = [&] {
                           go.wait();
                           throw std::runtime_error("no licence");
                         }});
  auto f = pool.submit([] { return 1; });
  go.count_down();
  std::string message;
  try {
    f.get();
  } catch (const par::broken_pool& error) {
    message = error.what();
  }
  EXPECT_EQ(message, "thread pool is broken, its initializer failed: no licence");
  EXPECT_THROW(pool.post([] {}), par::broken_pool);
  EXPECT_THROW(pool.wait_idle(), par::broken_pool);
}

TEST(thread_pool, spare_thread_takes_over_while_a_task_blocks) {
  par::thread_pool pool(1);
  std::latch event(1);
  auto waiting = pool.submit([&] {
    pool.post([&] { event.count_down(); });
    const par::blocking_scope blocking;
    event.wait();
  });
  waiting.get();
}

TEST(thread_pool, never_has_more_threads_than_its_cap) {
  par::thread_pool pool({.threads = 2, .name = "capped", .spare_threads = 3});
  std::latch go(1), waiting(5);
  std::vector<par::future<void>> blocked;
  for (int i = 0; i < 20; ++i) {
    blocked.push_back(pool.submit([&] {
      const par::blocking_scope blocking;
      if (!waiting.try_wait()) waiting.count_down();
      go.wait();
    }));
    if (i == 4) waiting.wait();  // All five threads are in use; the others stay queued.
  }
  EXPECT_EQ(threads_named("capped-"), 5);
  go.count_down();
  for (auto& each : blocked) each.get();
  EXPECT_EQ(threads_named("capped-"), 5);
}

TEST(thread_pool, runs_no_more_tasks_at_once_than_it_has_threads_after_waits) {
  par::thread_pool pool(2);
  std::atomic<int> active = 0, most = 0;
  for (int round = 0; round < 50; ++round) {
    std::vector<par::future<void>> tasks;
    for (int i = 0; i < 8; ++i) {
      tasks.push_back(pool.submit([&] {
        auto inner = pool.submit([] { std::this_thread::yield(); });
        inner.get();
      }));
    }
    for (auto& each : tasks) each.get();
  }
  for (int i = 0; i < 200; ++i) {
    pool.post([&] {
      most = std::max(most.load(), ++active);
      std::this_thread::yield();
      --active;
    });
  }
  pool.wait_idle();
  EXPECT_LE(most, 2);
}

TEST(thread_pool, takes_many_tasks_in_one_step) {
  par::thread_pool pool(1);
  std::vector<int> order;
  std::vector<par::unique_function<void()>> tasks;
  for (int i = 0; i < 100; ++i) tasks.emplace_back([&order, i] { order.push_back(i); });
  pool.post_bulk(tasks);
  pool.wait_idle();
  EXPECT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  pool.shutdown();
  tasks.emplace_back([] {});
  EXPECT_THROW(pool.post_bulk(tasks), par::executor_closed);
}

TEST(thread_pool, may_be_destroyed_by_its_own_task) {
  std::latch destroyed(1), rest(1);
  auto pool = std::make_unique<par::thread_pool>(2);
  auto* const raw = pool.get();
  raw->post([&, owned = std::move(pool)]() mutable {
    owned->post([&] { rest.count_down(); });
    owned.reset();
    destroyed.count_down();
  });
  destroyed.wait();
  rest.wait();  // What was queued still ran.
}

TEST(thread_pool, joins_when_told_to_and_not_from_inside) {
  par::thread_pool pool(2);
  std::atomic<int> runs = 0;
  auto refused = pool.submit([&] { pool.join(); });
  EXPECT_THROW(refused.get(), std::logic_error);
  for (int i = 0; i < 10; ++i) pool.post([&] { ++runs; });
  pool.shutdown();
  pool.join();
  EXPECT_EQ(runs, 10);
}

}  // namespace
