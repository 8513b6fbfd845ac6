// What fib's output is compared with: GMP's additions, formatted by GMP.
#pragma once

#include <cstdint>
#include <string>

#include "fib/range.h"

namespace fib::reference {

// F(index) in decimal.
[[nodiscard]] std::string number(std::uint64_t index);

// The numbers of a range, one a line.
[[nodiscard]] std::string lines(index_range numbers);

}  // namespace fib::reference
