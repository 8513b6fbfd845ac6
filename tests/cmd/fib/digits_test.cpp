#include "fib/digits.h"

#include <gtest/gtest.h>

#include <vector>

#include "reference.h"

namespace fib {
namespace {

TEST(digit_bound, is_the_length_or_one_more) {
  const std::string text = reference::lines({.first = 0, .count = 20'000});
  std::size_t begin = 0;
  for (std::uint64_t index = 0; begin < text.size(); ++index) {
    const std::size_t end = text.find('\n', begin);
    ASSERT_GE(digit_bound(index), end - begin) << index;
    ASSERT_LE(digit_bound(index), end - begin + 1) << index;
    begin = end + 1;
  }
}

TEST(digit_bound, holds_for_known_large_indices) {
  struct known {
    std::uint64_t index;
    std::size_t digits;
  };
  for (const known& k : {known{100'000'000, 20'898'764}, known{1'000'000'000, 208'987'640},
                         known{largest_index, 2'089'876'403}}) {
    SCOPED_TRACE(k.index);
    EXPECT_GE(digit_bound(k.index), k.digits);
    EXPECT_LE(digit_bound(k.index), k.digits + 1);
  }
}

TEST(text_bound, is_enough_and_hardly_more) {
  const std::vector<index_range> ranges = {
      {0, 0}, {0, 1}, {0, 2},  {0, 3},     {0, 100},     {1, 1},     {1, 2},    {1, 3000},
      {2, 1}, {5, 5}, {99, 1}, {4781, 19}, {4780, 1000}, {30000, 7}, {90001, 1}};
  for (const index_range& range : ranges) {
    SCOPED_TRACE(::testing::Message() << range.first << " x " << range.count);
    const std::uint64_t bytes = reference::lines(range).size();
    EXPECT_GE(text_bound(range), bytes);
    EXPECT_LE(text_bound(range), bytes + 2 * range.count + 2);
  }
}

}  // namespace
}  // namespace fib
