#include "par/pools/parallel_invoke.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>

#include "executors.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

using parallel_invoke_over = over_executors;
OVER_EXECUTORS(parallel_invoke_over);

TEST_P(parallel_invoke_over, calls_each_once) {
  std::atomic<int> sum = 0;
  par::parallel_invoke(*on, [&] { sum += 1; }, [&] { sum += 10; }, [&] { sum += 100; });
  EXPECT_EQ(sum, 111);
  par::parallel_invoke(*on, [&] { sum += 1; });
  EXPECT_EQ(sum, 112);
}

int count(par::executor& on, int from, int to) {
  if (to - from == 1) return from;
  int left = 0, right = 0;
  const int middle = (from + to) / 2;
  par::parallel_invoke(
      on, [&] { left = count(on, from, middle); }, [&] { right = count(on, middle, to); });
  return left + right;
}

TEST_P(parallel_invoke_over, can_be_nested_inside_and_outside_of_tasks) {
  EXPECT_EQ(par::submit(*on, [&] { return count(*on, 0, 2'000); }).get(), 1'999'000);
  EXPECT_EQ(count(*on, 0, 200), 19'900);
}

int depth(par::executor& on, int left) {
  if (left == 0) return 0;
  int below = 0;
  par::parallel_invoke(on, [] {}, [&] { below = depth(on, left - 1); });
  return below + 1;
}

TEST_P(parallel_invoke_over, can_be_nested_to_depth_1000) {
  EXPECT_EQ(par::submit(*on, [&] { return depth(*on, 1'000); }).get(), 1'000);
}

TEST_P(parallel_invoke_over, calls_all_and_rethrows_the_first_of_the_arguments) {
  std::atomic<int> calls = 0;
  const auto all = [&] {
    par::parallel_invoke(
        *on, [&] { ++calls; },
        [&] {
          ++calls;
          throw std::out_of_range("second");
        },
        [&] {
          ++calls;
          throw std::domain_error("third");
        });
  };
  EXPECT_THROW(all(), std::out_of_range);
  EXPECT_EQ(calls, 3);
}

// What the function posts lies above what was forked.
TEST_P(parallel_invoke_over, functions_may_post) {
  std::atomic<int> runs = 0;
  par::submit(*on, [&] {
    par::parallel_invoke(
        *on,
        [&] {
          for (int i = 0; i < 5; ++i) on->post([&] { ++runs; });
        },
        [&] { ++runs; }, [&] { ++runs; });
  }).get();
  on->wait_idle();
  EXPECT_EQ(runs, 7);
}

TEST(parallel_invoke, runs_its_functions_at_the_same_time) {
  par::thread_pool pool(2);
  std::latch together(3);
  const auto meet = [&] { together.arrive_and_wait(); };
  par::parallel_invoke(pool, meet, meet, meet);  // The caller is the third.
}

// Nobody else can: the other thread sleeps in the call that is waited for, and there are no spares.
TEST(parallel_invoke, waiter_runs_what_the_awaited_call_has_forked) {
  par::thread_pool pool({.threads = 2, .spare_threads = 0});
  std::latch forked(1), helped(1);
  const auto awaited = [&] {
    par::parallel_invoke(
        pool,
        [&] {
          forked.count_down();
          helped.wait();
        },
        [&] { helped.count_down(); });
  };
  pool.submit([&] { par::parallel_invoke(pool, [&] { forked.wait(); }, awaited); }).get();
}

// Were it to, it would meet its own lock.
TEST(parallel_invoke, waiter_never_runs_what_the_awaited_call_has_only_posted) {
  par::thread_pool pool({.threads = 2, .spare_threads = 0});
  for (int round = 0; round < 100; ++round) {
    par::mutex guard;
    std::latch posted(1);
    const auto awaited = [&] {
      pool.post([&] { const par::lock_guard lock(guard); });
      posted.count_down();
    };
    pool.submit([&] {
          const par::lock_guard lock(guard);
          par::parallel_invoke(pool, [&] { posted.wait(); }, awaited);
        })
        .get();
    pool.wait_idle();
  }
}

TEST(parallel_invoke, on_a_pool_that_is_shut_down_calls_all_here) {
  par::thread_pool pool(2);
  pool.shutdown();
  int calls = 0;
  par::parallel_invoke(pool, [&] { ++calls; }, [&] { ++calls; });
  EXPECT_EQ(calls, 2);
}

}  // namespace
