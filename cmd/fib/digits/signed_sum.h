// The sum of two integers held as rows of digits.
#pragma once

#include <cstddef>
#include <string_view>

#include "fib/digits/kernels.h"

namespace fib {

// An integer: digits as in kernels.h, at least one, without leading zeros. Zero is not negative.
struct term {
  std::string_view digits;
  bool negative = false;
};

// How many digits a + b has. Looks at leading digits only, until a pair does not add up to the
// highest digit. REQUIRES a.size() <= b.size().
[[nodiscard]] std::size_t sum_length(std::string_view a, std::string_view b,
                                     unsigned base) noexcept;

// Whether the sum is negative: a sign goes before the digits and must be known before them.
[[nodiscard]] bool sum_is_negative(const term& a, const term& b) noexcept;

// Writes the digits of a + b, without the sign, from `out` on, and returns their end. Needs as much
// room there as the longer of both and one more. REQUIRES that `out` overlaps neither.
char* write_sum(const term& a, const term& b, char* out, unsigned base,
                const digit_kernels& kernels = best_kernels()) noexcept;

}  // namespace fib
