// A sequence in which each number is the sum of the two before it.
#pragma once

#include <gmpxx.h>

#include <string>
#include <string_view>

#include "par/base/expected.h"

namespace fib {

// G(0) and G(1). By default the Fibonacci numbers; 2 and 1 make those of Lucas.
struct sequence {
  mpz_class zeroth = 0;
  mpz_class first = 1;

  [[nodiscard]] bool is_fibonacci() const { return zeroth == 0 && first == 1; }
};

// "A,B", two decimal integers of any length. Otherwise what is wrong with it.
[[nodiscard]] par::expected<sequence, std::string> parse_start(std::string_view text);

// Decimal digits, perhaps with a minus sign; otherwise what is wrong.
[[nodiscard]] par::expected<mpz_class, std::string> parse_integer(std::string_view text);

}  // namespace fib
