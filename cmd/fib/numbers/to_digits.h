// From integers to digits.
#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <string>
#include <vector>

#include "fib/digits/radix.h"
#include "fib/numbers/computation.h"

namespace fib {

// Converts numbers of up to so many digits. A long one is divided by a power of the base into
// halves, each half again, and the parts are converted at once on the executor (divide and conquer:
// D. E. Knuth, The Art of Computer Programming 2, 4.4, exercise 14). The powers are made once.
// Constant once made, so threads may share it.
class digit_converter {
 public:
  digit_converter(const radix& in, std::size_t most_digits);

  // REQUIRES no more digits. The digits of |value| as in kernels.h, without leading zeros. Counts a
  // step of progress for each digit. Throws stopped, std::bad_alloc.
  [[nodiscard]] std::string convert(const mpz_class& value, const computation& how = {}) const;

 private:
  void divide(const mpz_class& value, std::size_t level, mpz_class& quotient,
              mpz_class& rest) const;
  void convert_part(const mpz_class& value, std::size_t level, char* out,
                    const computation& how) const;
  void convert_leaf(const mpz_class& value, char* out) const;

  radix in_;
  std::size_t leaf_digits_;
  // base^(leaf_digits_ * 2^i), without its factors of two: dividing by it is then a shift and a
  // shorter division.
  std::vector<mpz_class> odd_powers_;
};

[[nodiscard]] std::string to_digits(const mpz_class& value, const radix& in,
                                    const computation& how = {});

}  // namespace fib
