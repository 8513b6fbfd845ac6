#include "fib/numbers/bounded.h"

#include <gtest/gtest.h>

#include <random>

namespace fib {
namespace {

// An interval and a number that it must hold.
struct known {
  bounded value;
  mpz_class exact;
};

bool holds(const known& one) {
  if (one.value.shift < 0) return false;
  const auto shift = static_cast<mp_bitcnt_t>(one.value.shift);
  return (one.value.low << shift) <= one.exact && one.exact <= (one.value.high << shift);
}

// Sums and products of all kinds, at a precision that soon does not do.
TEST(bounded, hold_the_exact_value) {
  std::mt19937 random(1966);
  for (const std::size_t bits : {1U, 3U, 20U, 64U, 200U}) {
    known a = {bounded::exactly(3), 3};
    known b = {bounded::exactly(5), 5};
    for (int i = 0; i < 60; ++i) {
      const int factor = static_cast<int>(random() % 2000) - 1000;
      const bool positive = sgn(a.exact) >= 0 && sgn(b.exact) >= 0 && a.value.low >= 0 &&
                            b.value.low >= 0 && mpz_sizeinbase(a.exact.get_mpz_t(), 2) < 5000;
      known next;
      if (positive && random() % 3 == 0) {
        next = {product(a.value, b.value, bits), a.exact * b.exact};
      } else if (random() % 2 == 0) {
        next = {times(a.value, factor, bits), a.exact * factor};
      } else {
        next = {sum(a.value, b.value, bits), a.exact + b.exact};
      }
      ASSERT_TRUE(holds(next)) << bits << " bits, operation " << i;
      ASSERT_LE(mpz_sizeinbase(next.value.low.get_mpz_t(), 2), bits + 1);
      a = std::exchange(b, next);
    }
  }
}

TEST(bounded, are_exact_while_bits_do) {
  const bounded power_of_two = power(2, 100, 101);
  EXPECT_EQ(power_of_two.low, power_of_two.high);
  EXPECT_EQ(power_of_two.shift, 0);
  EXPECT_EQ(power_of_two.low, mpz_class(1) << 100);
}

TEST(bounded, powers_hold_the_exact_power) {
  for (const unsigned base : {2U, 7U, 10U, 62U}) {
    for (const std::uint64_t exponent : {0U, 1U, 2U, 31U, 1000U, 4097U}) {
      mpz_class exact;
      mpz_ui_pow_ui(exact.get_mpz_t(), base, exponent);
      ASSERT_TRUE(holds({power(base, exponent, 30), exact})) << base << '^' << exponent;
    }
  }
}

TEST(bounded, are_compared_only_where_there_is_no_doubt) {
  const bounded nine = bounded::exactly(9);
  const bounded ten = bounded::exactly(10);
  const bounded around_ten = {.low = 9, .high = 11, .shift = 0};
  EXPECT_TRUE(surely_below(nine, ten));
  EXPECT_FALSE(surely_below(ten, ten));
  EXPECT_TRUE(surely_at_most(ten, ten));
  EXPECT_FALSE(surely_below(nine, around_ten));
  EXPECT_FALSE(surely_at_most(around_ten, ten));
  const bounded huge = {.low = 1, .high = 1, .shift = std::int64_t{1} << 60};
  EXPECT_TRUE(surely_below(ten, huge));
  EXPECT_FALSE(surely_at_most(huge, ten));
  EXPECT_TRUE(surely_at_most(bounded::exactly(0), bounded::exactly(0)));
}

TEST(bounded, give_an_integer_part_only_where_there_is_no_doubt) {
  mpz_class quotient;
  EXPECT_TRUE(integer_part(bounded::exactly(100), bounded::exactly(7), quotient));
  EXPECT_EQ(quotient, 14);
  EXPECT_FALSE(integer_part({.low = 97, .high = 98, .shift = 0}, bounded::exactly(7), quotient));
  EXPECT_TRUE(integer_part({.low = 3, .high = 3, .shift = 70}, {.low = 1, .high = 1, .shift = 69},
                           quotient));
  EXPECT_EQ(quotient, 6);
}

}  // namespace
}  // namespace fib
