// Sums and differences of rows of digits: the inner loops, in versions for different processors.
//
// A digit is the byte '0' + value, also in bases above ten, so that in bases up to ten a row is its
// own text. The leading digit comes first.
#pragma once

#include <cstddef>

namespace fib {

// Both work from the last digit to the first on rows of the same size, in bases 2 to 62, and give
// what is carried or borrowed beyond the first digit. `out` may be where a or b is, but must not
// overlap them otherwise. Thread-safe.
struct digit_kernels {
  using function = bool(const char* a, const char* b, char* out, std::size_t size,
                        unsigned base) noexcept;
  function* add;
  function* subtract;
};

// Eight digits in one step of 64-bit arithmetic.
extern const digit_kernels portable_kernels;

// Sixty-four digits in one step; null where the processor has no AVX2.
[[nodiscard]] const digit_kernels* avx2_kernels() noexcept;

// The fastest that this processor has.
[[nodiscard]] const digit_kernels& best_kernels() noexcept;

}  // namespace fib
