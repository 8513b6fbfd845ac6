// Single numbers of a sequence, computed by doubling.
#pragma once

#include <gmpxx.h>

#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/numbers/sequence.h"

namespace fib {

// Two neighbours, G(i) and G(i + 1).
struct terms {
  mpz_class at;
  mpz_class next;
};

// REQUIRES |at| <= largest_index + 1. GMP ends the process when memory runs out. Progress: doubling
// counts one step for each bit of the number, ten or fewer bits more or less. Throws stopped.
[[nodiscard]] terms terms_at(const sequence& of, index at, const computation& how = {});

// G(at) alone.
[[nodiscard]] mpz_class term_at(const sequence& of, index at, const computation& how = {});

}  // namespace fib
