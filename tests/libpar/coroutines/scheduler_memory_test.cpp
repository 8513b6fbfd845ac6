// What a sleeping task takes: bytes asked for by operator new, not what the system lent.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <vector>

#include "libpar/pools/allocations.h"
#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;

constexpr int sleepers = 100'000;

par::task<> sleep(int number, int& woken) {
  co_await par::this_task::sleep_for(1s + number * 1us);
  ++woken;
}

par::task<> look_at_memory(std::size_t before, std::size_t& each) {
  co_await par::this_task::sleep_for(1ms);  // All sleep by now.
  each = (allocated_bytes() - before) / sleepers;
}

TEST(scheduler_memory, a_hundred_thousand_sleepers_take_less_than_600_bytes_each) {
  int woken = 0;
  std::size_t each = 0;
  const std::size_t before = allocated_bytes();
  par::virtual_clock clock;
  par::scheduler turns(clock);
  for (int i = 0; i < sleepers; ++i) turns.spawn(sleep(i * 7919 % sleepers, woken));
  turns.spawn(look_at_memory(before, each));
  turns.run();
  EXPECT_EQ(woken, sleepers);
  EXPECT_GT(each, 0U);
  EXPECT_LT(each, 600U);
  RecordProperty("bytes_per_sleeper", static_cast<int>(each));
}

}  // namespace
