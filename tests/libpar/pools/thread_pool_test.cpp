#include "par/pools/thread_pool.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

std::string thread_name() {
  std::array<char, 16> name{};
  pthread_getname_np(pthread_self(), name.data(), name.size());
  return name.data();
}

TEST(thread_pool, names_its_threads) {
  par::thread_pool pool(3, "worker");
  par::mutex guard;
  std::set<std::string> names;
  std::latch all(3);
  for (int i = 0; i < 3; ++i) {
    pool.post([&] {
      {
        const par::lock_guard lock(guard);
        names.insert(thread_name());
      }
      all.arrive_and_wait();
    });
  }
  pool.wait_idle();
  EXPECT_EQ(names, (std::set<std::string>{"worker-0", "worker-1", "worker-2"}));
}

TEST(thread_pool, runs_as_many_at_once_as_it_has_threads) {
  par::thread_pool pool(4);
  EXPECT_EQ(pool.concurrency(), 4U);
  std::latch together(4);  // Only passes if all four run at the same time.
  for (int i = 0; i < 4; ++i) pool.post([&] { together.arrive_and_wait(); });
  pool.wait_idle();
}

TEST(thread_pool, of_no_threads_is_refused) {
  EXPECT_THROW(par::thread_pool(0), std::invalid_argument);
}

TEST(thread_pool, starts_tasks_from_outside_in_order) {
  par::thread_pool pool(1);
  std::vector<int> order;
  for (int i = 0; i < 100; ++i) pool.post([&order, i] { order.push_back(i); });
  pool.wait_idle();
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(order.size(), 100U);
}

TEST(thread_pool, starts_tasks_of_a_task_newest_first) {
  par::thread_pool pool(1);
  std::vector<int> order;
  pool.post([&] {
    for (int i = 0; i < 4; ++i) pool.post([&order, i] { order.push_back(i); });
  });
  pool.wait_idle();
  EXPECT_EQ(order, (std::vector{3, 2, 1, 0}));
}

TEST(thread_pool, idle_threads_take_what_a_task_posts) {
  par::thread_pool pool(2);
  std::latch taken(1);
  pool.post([&] {
    pool.post([&] { taken.count_down(); });
    taken.wait();  // This thread cannot run it: the other one must.
  });
  pool.wait_idle();
}

TEST(thread_pool, after_shutdown_it_takes_nothing_from_outside) {
  par::thread_pool pool(2);
  std::atomic<int> runs = 0;
  std::latch go(1);
  pool.post([&] {
    go.wait();
    pool.post([&] { ++runs; });  // A task that still runs may.
  });
  pool.shutdown();
  pool.shutdown();
  EXPECT_THROW(pool.post([] {}), par::executor_closed);
  EXPECT_THROW(static_cast<void>(pool.submit([] {})), par::executor_closed);
  go.count_down();
  pool.wait_idle();
  EXPECT_EQ(runs, 1);
}

TEST(thread_pool, shutdown_can_cancel_what_is_queued) {
  par::thread_pool pool(1);
  std::latch running(1), go(1);
  pool.post([&] {
    running.count_down();
    go.wait();
  });
  running.wait();
  bool ran = false;
  auto f = pool.submit([&] { ran = true; });
  pool.shutdown(par::thread_pool::pending::cancel);
  EXPECT_TRUE(f.cancelled());
  go.count_down();
  pool.wait_idle();
  EXPECT_FALSE(ran);
}

TEST(thread_pool, can_be_shut_down_by_a_task) {
  par::thread_pool pool(2);
  pool.post([&] { pool.shutdown(par::thread_pool::pending::cancel); });
  pool.wait_idle();
  EXPECT_THROW(pool.post([] {}), par::executor_closed);
}

TEST(thread_pool, may_go_as_soon_as_it_is_idle) {
  for (int i = 0; i < 300; ++i) {
    par::thread_pool pool(3);
    for (int n = 0; n < 5; ++n) pool.post([] {});
    pool.wait_idle();
  }
}

TEST(thread_pool, takes_posts_of_many_threads) {
  par::thread_pool pool(2), posters(4);
  std::atomic<int> runs = 0;
  for (int i = 0; i < 4; ++i) {
    posters.post([&] {
      for (int n = 0; n < 5'000; ++n) pool.post([&] { ++runs; });
    });
  }
  posters.wait_idle();
  pool.wait_idle();
  EXPECT_EQ(runs, 20'000);
}

}  // namespace
