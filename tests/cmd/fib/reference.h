// What fib's output is compared with: GMP's additions, formatted by GMP.
#pragma once

#include <string>

#include "fib/indices/index_range.h"
#include "fib/numbers/sequence.h"

namespace fib::reference {

// By additions alone, away from G(0) and G(1). Takes as many steps as the index is far.
[[nodiscard]] mpz_class value(const sequence& of, index at);

// F(at), by GMP's own doubling.
[[nodiscard]] mpz_class fibonacci(index at);

// The numbers of a range, one a line, in any base.
[[nodiscard]] std::string lines(const index_range& numbers, const sequence& of = {}, int base = 10);

}  // namespace fib::reference
