#include "fib/text/plan.h"

#include <gtest/gtest.h>

namespace fib {
namespace {

const request plain;

// All pieces in order, each starting where the one before it ended.
void expect_covered(index_range numbers, const block_limits& limits) {
  const block_plan plan = plan_blocks(plain, numbers, limits);
  index at = numbers.first;
  for (const index_range& piece : plan.independent) {
    ASSERT_EQ(piece.first, at);
    ASSERT_GE(piece.count, 1U);
    at = piece.end();
  }
  ASSERT_EQ(plan.chained.first, at);
  ASSERT_EQ(plan.chained.end(), numbers.end());
}

TEST(plan_blocks, leaves_nothing_out) {
  const block_limits tiny = {
      .bytes = 10, .numbers = 3, .most_bytes = 60, .single_bytes = 60, .window_bytes = 100};
  const index_range ranges[] = {{0, 0},
                                {1, 0},
                                {0, 1},
                                {0, 5},
                                {1, 500},
                                {49'990, 1},
                                {0, 100'000},
                                {largest_index, 1},
                                {-200'000, 300'000}};
  for (const index_range& numbers : ranges) {
    SCOPED_TRACE(::testing::Message() << numbers.first << " x " << numbers.count);
    expect_covered(numbers, {});
    expect_covered(numbers, tiny);
  }
}

TEST(plan_blocks, keeps_blocks_and_window_in_bounds) {
  const block_limits limits;
  const block_plan plan = plan_blocks(plain, {.first = 0, .count = largest_index}, limits);
  std::uint64_t largest = 0;
  for (const index_range& piece : plan.independent) {
    EXPECT_LE(plain.text_bound(piece), limits.most_bytes);
    EXPECT_GE(piece.count, limits.numbers);
    largest = std::max(largest, plain.text_bound(piece));
  }
  EXPECT_EQ(plan.largest, largest);
  EXPECT_LT(plan.independent.size(), 1000U);  // However long the range is.
}

TEST(plan_blocks, chains_where_conversions_cost_too_much) {
  EXPECT_EQ(plan_blocks(plain, {.first = 0, .count = 45'000}, {}).chained.count, 0U);
  EXPECT_TRUE(plan_blocks(plain, {.first = 60'000, .count = 1000}, {}).independent.empty());
}

TEST(plan_blocks, lets_a_single_number_be_a_block_as_long_as_it_is_not_huge) {
  EXPECT_EQ(plan_blocks(plain, {.first = 1'000'000, .count = 1}, {}).independent.size(), 1U);
  EXPECT_EQ(plan_blocks(plain, {.first = 100'000'000, .count = 1}, {}).chained.count, 1U);
}

TEST(next_chained, takes_a_block_of_text_but_at_least_two_numbers) {
  const block_limits limits;
  const index_range far = next_chained(plain, {.first = 100'000, .count = 1000}, limits);
  EXPECT_LE(plain.text_bound(far), limits.bytes);
  EXPECT_GT(plain.text_bound({.first = far.first, .count = far.count + 1}), limits.bytes);

  EXPECT_EQ(next_chained(plain, {.first = largest_index - 9, .count = 10}, limits).count, 2U);
  EXPECT_EQ(next_chained(plain, {.first = largest_index, .count = 1}, limits).count, 1U);
  EXPECT_EQ(next_chained(plain, {.first = 100'000, .count = 3}, limits).count, 3U);
}

}  // namespace
}  // namespace fib
