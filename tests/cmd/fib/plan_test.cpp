#include "fib/plan.h"

#include <gtest/gtest.h>

#include "fib/digits.h"

namespace fib {
namespace {

// All pieces in order, each starting where the one before it ended.
void expect_covered(index_range numbers, const block_limits& limits) {
  const block_plan plan = plan_blocks(numbers, limits);
  std::uint64_t at = numbers.first;
  for (const index_range& piece : plan.independent) {
    ASSERT_EQ(piece.first, at);
    ASSERT_GE(piece.count, 1U);
    at = piece.end();
  }
  ASSERT_EQ(plan.chained.first, at);
  ASSERT_EQ(plan.chained.end(), numbers.end());
}

TEST(plan_blocks, leaves_nothing_out) {
  const block_limits tiny = {.bytes = 10, .numbers = 3, .most_bytes = 60, .window_bytes = 100};
  const index_range ranges[] = {{0, 0},   {1, 0},      {0, 1},       {0, 5},
                                {1, 500}, {49'990, 1}, {0, 100'000}, {largest_index, 1}};
  for (const index_range& numbers : ranges) {
    SCOPED_TRACE(::testing::Message() << numbers.first << " x " << numbers.count);
    expect_covered(numbers, {});
    expect_covered(numbers, tiny);
  }
}

TEST(plan_blocks, keeps_blocks_and_window_in_bounds) {
  const block_limits limits;
  const block_plan plan = plan_blocks({.first = 0, .count = largest_index}, limits);
  std::uint64_t largest = 0;
  for (const index_range& piece : plan.independent) {
    EXPECT_LE(text_bound(piece), limits.most_bytes);
    EXPECT_GE(piece.count, limits.numbers);
    largest = std::max(largest, text_bound(piece));
  }
  EXPECT_GE(plan.window, 2U);
  EXPECT_LE(plan.window * largest, limits.window_bytes);
  EXPECT_LT(plan.independent.size(), 1000U);  // However long the range is.
}

TEST(plan_blocks, chains_where_conversions_cost_too_much) {
  EXPECT_EQ(plan_blocks({.first = 0, .count = 45'000}, {}).chained.count, 0U);
  EXPECT_TRUE(plan_blocks({.first = 60'000, .count = 1000}, {}).independent.empty());
}

TEST(next_chained, takes_a_block_of_text_but_at_least_two_numbers) {
  const block_limits limits;
  const index_range far = next_chained({.first = 100'000, .count = 1000}, limits);
  EXPECT_LE(text_bound(far), limits.bytes);
  EXPECT_GT(text_bound({.first = far.first, .count = far.count + 1}), limits.bytes);

  EXPECT_EQ(next_chained({.first = largest_index - 9, .count = 10}, limits).count, 2U);
  EXPECT_EQ(next_chained({.first = largest_index, .count = 1}, limits).count, 1U);
  EXPECT_EQ(next_chained({.first = 100'000, .count = 3}, limits).count, 3U);
}

}  // namespace
}  // namespace fib
