#include "fib/text/block.h"

#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "cmd/fib/reference.h"

namespace fib {
namespace {

const request plain;

TEST(block, holds_the_first_two_thousand) {
  buffer_pool pool;
  const block made = block::starting_at(plain, {.first = 0, .count = 2001}, pool);
  EXPECT_EQ(made.text(), reference::lines({.first = 0, .count = 2001}));
  EXPECT_EQ(made.count(), 2001U);
}

TEST(block, starts_at_any_small_index_with_any_small_count) {
  buffer_pool pool;
  for (index first = -60; first < 60; ++first) {
    for (std::uint64_t count = 1; count < 20; ++count) {
      const index_range numbers = {.first = first, .count = count};
      ASSERT_EQ(block::starting_at(plain, numbers, pool).text(), reference::lines(numbers))
          << first << " x " << count;
    }
  }
}

TEST(block, starts_at_random_indices) {
  buffer_pool pool;
  std::mt19937 random(100'000);
  for (int i = 0; i < 40; ++i) {
    const index_range numbers = {.first = static_cast<index>(random() % 200'000) - 100'000,
                                 .count = 1 + random() % 30};
    ASSERT_EQ(block::starting_at(plain, numbers, pool).text(), reference::lines(numbers))
        << numbers.first << " x " << numbers.count;
  }
}

TEST(block, knows_its_last_two_numbers) {
  buffer_pool pool;
  const block three = block::starting_at(plain, {.first = 10, .count = 3}, pool);
  EXPECT_EQ(three.before_last().digits, "89");
  EXPECT_EQ(three.last().digits, "144");

  const block from_zero = block::starting_at(plain, {.first = 0, .count = 2}, pool);
  EXPECT_EQ(from_zero.before_last().digits, "0");
  EXPECT_EQ(from_zero.last().digits, "1");

  const block one = block::starting_at(plain, {.first = 10, .count = 1}, pool);
  EXPECT_EQ(one.last().digits, "55");
}

TEST(block, follows_another_without_it) {
  buffer_pool pool;
  auto first =
      std::make_unique<block>(block::starting_at(plain, {.first = 1000, .count = 7}, pool));
  const block second = block::following(plain, first->before_last(), first->last(),
                                        {.first = 1007, .count = 5}, pool);
  first.reset();
  EXPECT_EQ(second.text(), reference::lines({.first = 1007, .count = 5}));
  EXPECT_EQ(second.before_last().digits, reference::fibonacci(1010).get_str());
  EXPECT_EQ(second.last().digits, reference::fibonacci(1011).get_str());
}

TEST(block, follows_with_a_single_number) {
  buffer_pool pool;
  const block one = block::following(plain, {"0"}, {"1"}, {.first = 2, .count = 1}, pool);
  EXPECT_EQ(one.text(), "1\n");
}

TEST(block, stays_valid_when_moved) {
  buffer_pool pool;
  block made = block::starting_at(plain, {.first = 10, .count = 3}, pool);
  const block moved = std::move(made);
  EXPECT_EQ(moved.text(), "55\n89\n144\n");
  EXPECT_EQ(moved.last().digits, "144");
}

const sequence sequences[] = {
    {.zeroth = 2, .first = 1},
    {.zeroth = -5, .first = 3},
    {.zeroth = 0, .first = 0},
    {.zeroth = 377, .first = -233},
    {.zeroth = mpz_class("-99999999999999999999999999"), .first = 1},
};

TEST(block, holds_any_sequence_in_any_base) {
  buffer_pool pool;
  for (const sequence& of : sequences) {
    for (const unsigned base : {2U, 9U, 10U, 11U, 36U, 37U, 62U}) {
      const request what = {.of = of, .in = radix(base)};
      const index_range numbers = {.first = -150, .count = 301};
      ASSERT_EQ(block::starting_at(what, numbers, pool).text(),
                reference::lines(numbers, of, static_cast<int>(base)))
          << of.zeroth << ',' << of.first << " in base " << base;
    }
  }
}

TEST(block, goes_on_in_any_base) {
  buffer_pool pool;
  for (const unsigned base : {2U, 16U, 62U}) {
    const request what = {.in = radix(base)};
    const block first = block::starting_at(what, {.first = 90, .count = 7}, pool);
    const block second =
        block::following(what, first.before_last(), first.last(), {.first = 97, .count = 5}, pool);
    EXPECT_EQ(std::string(first.text()) + std::string(second.text()),
              reference::lines({.first = 90, .count = 12}, {}, static_cast<int>(base)));
  }
}

TEST(block, frames_each_number) {
  buffer_pool pool;
  const layout framed = {.indexed = true,
                         .before_index = "<",
                         .before_number = ": ",
                         .after_number = ">",
                         .between = ", ",
                         .closing = "."};
  const request what = {.as = framed};
  const block made = block::starting_at(what, {.first = -2, .count = 5}, pool);
  EXPECT_EQ(made.text(), "<-2: -1>, <-1: 1>, <0: 0>, <1: 1>, <2: 1>");
}

}  // namespace
}  // namespace fib
