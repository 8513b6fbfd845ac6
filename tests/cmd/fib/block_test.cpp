#include "fib/block.h"

#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "reference.h"

namespace fib {
namespace {

TEST(block, holds_the_first_two_thousand) {
  buffer_pool pool;
  const block made = block::starting_at({.first = 0, .count = 2001}, pool);
  EXPECT_EQ(made.text(), reference::lines({.first = 0, .count = 2001}));
  EXPECT_EQ(made.count(), 2001U);
}

TEST(block, starts_at_any_small_index_with_any_small_count) {
  buffer_pool pool;
  for (std::uint64_t first = 0; first < 60; ++first) {
    for (std::uint64_t count = 1; count < 20; ++count) {
      const index_range numbers = {.first = first, .count = count};
      ASSERT_EQ(block::starting_at(numbers, pool).text(), reference::lines(numbers))
          << first << " x " << count;
    }
  }
}

TEST(block, starts_at_random_indices) {
  buffer_pool pool;
  std::mt19937 random(100'000);
  for (int i = 0; i < 40; ++i) {
    const index_range numbers = {.first = random() % 100'000, .count = 1 + random() % 30};
    ASSERT_EQ(block::starting_at(numbers, pool).text(), reference::lines(numbers))
        << numbers.first << " x " << numbers.count;
  }
}

TEST(block, knows_its_last_two_numbers) {
  buffer_pool pool;
  const block three = block::starting_at({.first = 10, .count = 3}, pool);
  EXPECT_EQ(three.before_last(), "89");
  EXPECT_EQ(three.last(), "144");

  const block from_zero = block::starting_at({.first = 0, .count = 2}, pool);
  EXPECT_EQ(from_zero.before_last(), "0");
  EXPECT_EQ(from_zero.last(), "1");

  const block one = block::starting_at({.first = 10, .count = 1}, pool);
  EXPECT_EQ(one.before_last(), "");
  EXPECT_EQ(one.last(), "55");
}

TEST(block, follows_another_without_it) {
  buffer_pool pool;
  auto first = std::make_unique<block>(block::starting_at({.first = 1000, .count = 7}, pool));
  const block second =
      block::following(first->before_last(), first->last(), {.first = 1007, .count = 5}, pool);
  first.reset();
  EXPECT_EQ(second.text(), reference::lines({.first = 1007, .count = 5}));
  EXPECT_EQ(second.before_last(), reference::number(1010));
  EXPECT_EQ(second.last(), reference::number(1011));
}

TEST(block, follows_with_a_single_number) {
  buffer_pool pool;
  const block one = block::following("0", "1", {.first = 2, .count = 1}, pool);
  EXPECT_EQ(one.text(), "1\n");
  EXPECT_EQ(one.before_last(), "");
}

TEST(block, stays_valid_when_moved) {
  buffer_pool pool;
  block made = block::starting_at({.first = 10, .count = 3}, pool);
  const block moved = std::move(made);
  EXPECT_EQ(moved.text(), "55\n89\n144\n");
  EXPECT_EQ(moved.last(), "144");
}

}  // namespace
}  // namespace fib
