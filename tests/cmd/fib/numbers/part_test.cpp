// Parts of numbers, against the whole numbers they are parts of.
#include "fib/numbers/part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cmd/fib/reference.h"

namespace fib {
namespace {

// Cut from the whole number.
std::string cut(const mpz_class& value, const part& wanted, int base) {
  const std::string digits = mpz_class(abs(value)).get_str(base);
  const std::size_t size = std::min<std::size_t>(wanted.digits, digits.size());
  switch (wanted.kind) {
    case part_kind::length:
      return std::to_string(digits.size());
    case part_kind::first:
      return (value < 0 ? "-" : "") + digits.substr(0, size);
    case part_kind::last:
      return digits.substr(digits.size() - size);
    case part_kind::remainder: {
      mpz_class rest;
      mpz_fdiv_r(rest.get_mpz_t(), value.get_mpz_t(), wanted.modulus.get_mpz_t());
      return rest.get_str(base);
    }
    case part_kind::whole:
      break;
  }
  return value.get_str(base);
}

const part parts[] = {
    {.kind = part_kind::length},
    {.kind = part_kind::first, .digits = 1},
    {.kind = part_kind::first, .digits = 7},
    {.kind = part_kind::first, .digits = 60},
    {.kind = part_kind::last, .digits = 1},
    {.kind = part_kind::last, .digits = 12},
    {.kind = part_kind::last, .digits = 60},
    {.kind = part_kind::remainder, .modulus = 1},
    {.kind = part_kind::remainder, .modulus = 10},
    {.kind = part_kind::remainder, .modulus = mpz_class("1000000000000000000000007")},
};

const sequence sequences[] = {
    {},
    {.zeroth = 2, .first = 1},
    {.zeroth = -5, .first = 3},
    {.zeroth = 0, .first = 0},
    {.zeroth = 377, .first = -233},  // Falls until it is zero, then rises.
    {.zeroth = mpz_class("100000000000000000000000000"), .first = 0},
};

TEST(part_walk, gives_parts_of_the_whole_numbers) {
  for (const sequence& of : sequences) {
    for (const part& wanted : parts) {
      for (const unsigned base : {2U, 10U, 36U, 62U}) {
        part_walk walk(of, radix(base), wanted, -350);
        for (index at = -350; at <= 350; ++at) {
          ASSERT_EQ(walk.next(), cut(reference::value(of, at), wanted, static_cast<int>(base)))
              << of.zeroth << ',' << of.first << " at " << at << ", part "
              << static_cast<int>(wanted.kind) << ' ' << wanted.digits << ", base " << base;
        }
      }
    }
  }
}

TEST(part_walk, agrees_with_gmp_at_random_indices_up_to_a_million) {
  std::mt19937 random(99);
  for (int i = 0; i < 20; ++i) {
    const index at = static_cast<index>(random() % 2'000'001) - 1'000'000;
    const mpz_class value = reference::fibonacci(at);
    for (const part& wanted : parts) {
      part_walk walk({}, radix(), wanted, at);
      ASSERT_EQ(walk.next(), cut(value, wanted, 10)) << at;
    }
  }
}

// Known from the literature: F(10^18) begins with these digits, and its last ones repeat with the
// period 15 * 10^(d-1) of the residues by 10^d (Pisano).
TEST(part_walk, reaches_as_far_as_an_index_may_be) {
  const auto part_at = [](part wanted, index at) {
    return part_walk({}, radix(), std::move(wanted), at).next();
  };
  EXPECT_EQ(part_at({.kind = part_kind::length}, farthest_index), "208987640249978734");
  const part last = {.kind = part_kind::last, .digits = 9};
  const index period = 1'500'000'000;
  EXPECT_EQ(part_at(last, farthest_index), part_at(last, farthest_index % period + period));
  const std::string thirty = part_at({.kind = part_kind::first, .digits = 30}, farthest_index);
  EXPECT_EQ(part_at({.kind = part_kind::first, .digits = 12}, farthest_index),
            thirty.substr(0, 12));
}

// Powers of the base are where a length is hardest to tell.
TEST(leading_digits_of, are_exact_at_powers_of_the_base) {
  for (const unsigned exponent : {1U, 5U, 40U, 300U}) {
    for (const int more : {-1, 0, 1}) {
      mpz_class value;
      mpz_ui_pow_ui(value.get_mpz_t(), 10, exponent);
      value += more;
      const leading_digits found = leading_digits_of({.zeroth = value}, radix(), 3, 0);
      EXPECT_EQ(found.length, exponent + (more < 0 ? 0 : 1));
      EXPECT_EQ(found.first, value.get_str().substr(0, 3));
    }
  }
}

// Started so that G(1000) is a power of ten: no bounds but exact ones can tell its length.
TEST(leading_digits_of, are_exact_where_only_the_whole_number_decides) {
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, 400);
  for (const int more : {-1, 0, 1}) {
    const sequence from_there = {.zeroth = power + more, .first = 12345};
    const sequence moved = {.zeroth = reference::value(from_there, -1000),
                            .first = reference::value(from_there, -999)};
    const leading_digits found = leading_digits_of(moved, radix(), 400, 1000);
    EXPECT_EQ(found.length, more < 0 ? 400U : 401U);
    EXPECT_EQ(found.first, mpz_class(power + more).get_str().substr(0, 400));
  }
}

TEST(leading_walk, knows_when_its_bits_do_not_do) {
  leading_walk walk({}, radix(), 30, 1'000'000, 40);
  EXPECT_FALSE(walk.look().has_value());
}

}  // namespace
}  // namespace fib
