#include "par/pools/parallel_for.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "executors.h"

namespace {

class parallel_for_over : public over_executors {};
OVER_EXECUTORS(parallel_for_over);

TEST_P(parallel_for_over, calls_each_index_once) {
  for (const std::size_t grain : {0, 1, 7, 5'000}) {
    std::vector<std::atomic<int>> calls(1'003);
    par::parallel_for(*on, std::size_t{0}, calls.size(), [&](std::size_t i) { ++calls[i]; }, grain);
    for (const auto& count : calls) ASSERT_EQ(count, 1);
  }
}

TEST_P(parallel_for_over, calls_nothing_for_an_empty_range) {
  int calls = 0;
  par::parallel_for(*on, 3, 3, [&](int) { ++calls; });
  par::parallel_for(*on, 3, -3, [&](int) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST_P(parallel_for_over, takes_negative_and_extreme_bounds) {
  std::atomic<std::int64_t> sum = 0;
  par::parallel_for(*on, -100, 101, [&](int i) { sum += i; });
  EXPECT_EQ(sum, 0);
  std::atomic<int> calls = 0;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  par::parallel_for(*on, most - 5, most, [&](std::int64_t i) { calls += i >= most - 5; });
  EXPECT_EQ(calls, 5);
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  par::parallel_for(*on, least, least + 5, [&](std::int64_t i) { calls += i < least + 5; });
  EXPECT_EQ(calls, 10);
  std::atomic<int> extremes = 0;
  par::parallel_for(*on, std::int8_t{-128}, std::int8_t{127},
                    [&](std::int8_t i) { extremes += i == -128 || i == 126; });
  EXPECT_EQ(extremes, 2);
}

TEST_P(parallel_for_over, rethrows_and_leaves_the_rest_out) {
  constexpr int count = 1'000'000;
  std::atomic<int> calls = 0;
  EXPECT_THROW(par::parallel_for(*on, 0, count,
                                 [&](int) {
                                   ++calls;
                                   throw std::runtime_error("x");
                                 }),
               std::runtime_error);
  EXPECT_LT(calls, count);
  on->wait_idle();  // The exception went to the caller, not here.
}

TEST_P(parallel_for_over, can_be_nested_and_called_from_tasks) {
  std::atomic<int> calls = 0;
  on->post([&] {
    par::parallel_for(*on, 0, 20, [&](int) {
      par::parallel_for(*on, 0, 20,
                        [&](int) { par::parallel_for(*on, 0, 5, [&](int) { ++calls; }); });
    });
  });
  on->wait_idle();
  EXPECT_EQ(calls, 2'000);
}

TEST_P(parallel_for_over, publishes_what_the_calls_wrote) {
  std::vector<int> squares(10'000);
  par::parallel_for(*on, 0, 10'000, [&](int i) { squares[static_cast<std::size_t>(i)] = i * i; });
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(squares[static_cast<std::size_t>(i)], i * i);
}

}  // namespace
