// Numbers that are known between two bounds: floating-point intervals of any precision.
#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <cstdint>

#include "fib/numbers/computation.h"

namespace fib {

// A real number from low * 2^shift to high * 2^shift. Every operation below gives bounds on its
// result: low is rounded down and high up (R. E. Moore, Interval Analysis, 1966). As long as
// numbers have no more bits than asked for they are exact, with shift 0.
struct bounded {
  mpz_class low;
  mpz_class high;
  std::int64_t shift = 0;

  static bounded exactly(const mpz_class& value) { return {.low = value, .high = value}; }

  [[nodiscard]] bounded negated() const { return {.low = -high, .high = -low, .shift = shift}; }
};

// Keeps about so many bits.
[[nodiscard]] bounded trimmed(bounded value, std::size_t bits);

[[nodiscard]] bounded sum(const bounded& a, const bounded& b, std::size_t bits);

// REQUIRES neither to be below zero.
[[nodiscard]] bounded product(const bounded& a, const bounded& b, std::size_t bits);

// By a number that is known and may have any sign.
[[nodiscard]] bounded times(const bounded& a, const mpz_class& factor, std::size_t bits);

// base^exponent, by squaring. Throws stopped.
[[nodiscard]] bounded power(unsigned base, std::uint64_t exponent, std::size_t bits,
                            const computation& how = {});

// Whether a is surely below b, or surely at most b. REQUIRES neither to be below zero.
[[nodiscard]] bool surely_below(const bounded& a, const bounded& b);
[[nodiscard]] bool surely_at_most(const bounded& a, const bounded& b);

// The integer part of a / b, if the bounds leave no doubt about it. REQUIRES a not to be below zero
// and b to be above, and a / b below 2^(2^31).
[[nodiscard]] bool integer_part(const bounded& a, const bounded& b, mpz_class& quotient);

}  // namespace fib
