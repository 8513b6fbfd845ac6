// A task ends once, whoever comes first: the executor, a waiting task, or a cancellation.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <vector>

#include "par/pools/future.h"
#include "par/pools/thread_pool.h"

namespace {

TEST(task_ending, run_cancel_and_claim_race_to_one_end) {
  par::thread_pool pool(4);
  for (int round = 0; round < 2'000; ++round) {
    std::atomic<int> runs = 0;
    auto f = pool.submit([&] { ++runs; });
    std::atomic<int> cancels = 0;
    std::latch both(2);
    auto canceller = pool.submit([&] {
      both.arrive_and_wait();
      if (f.cancel()) ++cancels;
    });
    auto claimer = pool.submit([&] {
      both.arrive_and_wait();
      f.wait();
    });
    canceller.get();
    claimer.get();
    EXPECT_TRUE(f.done());
    EXPECT_EQ(runs + cancels, 1);
    EXPECT_EQ(f.cancelled(), cancels == 1);
  }
}

}  // namespace
