#include "fib/numbers/lengths.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "cmd/fib/reference.h"

namespace fib {
namespace {

std::uint64_t length_of(const mpz_class& value, int base) {
  return mpz_class(abs(value)).get_str(base).size();
}

TEST(length_bounds, are_the_length_of_a_fibonacci_number_or_one_more) {
  for (const unsigned base : {2U, 3U, 10U, 16U, 62U}) {
    const length_bounds bounds({}, radix(base));
    for (index at = -2000; at <= 2000; ++at) {
      const std::uint64_t length = length_of(reference::fibonacci(at), static_cast<int>(base));
      ASSERT_GE(bounds.digits(at), length) << at << " in base " << base;
      ASSERT_LE(bounds.digits(at), length + (base == 2 ? 2 : 1)) << at << " in base " << base;
    }
  }
}

TEST(length_bounds, hold_for_known_large_indices) {
  struct known {
    index at;
    std::uint64_t digits;
  };
  const length_bounds bounds({}, radix());
  for (const known& k : {known{100'000'000, 20'898'764}, known{1'000'000'000, 208'987'640},
                         known{largest_index, 2'089'876'403}}) {
    SCOPED_TRACE(k.at);
    EXPECT_GE(bounds.digits(k.at), k.digits);
    EXPECT_LE(bounds.digits(k.at), k.digits + 1);
    EXPECT_EQ(bounds.digits(-k.at), bounds.digits(k.at));
  }
}

TEST(length_bounds, hold_for_any_start) {
  const sequence sequences[] = {{.zeroth = 2, .first = 1},
                                {.zeroth = -5, .first = 3},
                                {.zeroth = mpz_class(1) << 300, .first = 0},
                                {.zeroth = 0, .first = 0},
                                {.zeroth = -1, .first = mpz_class(-1) << 100}};
  for (const sequence& of : sequences) {
    for (const unsigned base : {2U, 10U, 62U}) {
      const length_bounds bounds(of, radix(base));
      for (index at = -300; at <= 300; ++at) {
        ASSERT_GE(bounds.digits(at), length_of(reference::value(of, at), static_cast<int>(base)))
            << of.zeroth << ',' << of.first << ' ' << at << " in base " << base;
      }
    }
  }
}

TEST(length_bounds, of_a_range_are_enough_and_hardly_more) {
  const index_range ranges[] = {{0, 0},    {0, 1},      {0, 2},     {1, 1},       {1, 3000},
                                {2, 1},    {4781, 19},  {30000, 7}, {90001, 1},   {-5, 11},
                                {-300, 1}, {-300, 100}, {-7, 8},    {-1000, 3000}};
  const length_bounds bounds({}, radix());
  for (const index_range& range : ranges) {
    SCOPED_TRACE(::testing::Message() << range.first << " x " << range.count);
    std::uint64_t digits = 0;
    for (index at = range.first; at != range.end(); ++at) {
      digits += length_of(reference::fibonacci(at), 10);
    }
    EXPECT_GE(bounds.digits(range), digits);
    EXPECT_LE(bounds.digits(range), digits + 2 * range.count + 3);
  }
}

}  // namespace
}  // namespace fib
