// The numbers of a sequence by a modulus.
#pragma once

#include <gmpxx.h>

#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/numbers/sequence.h"

namespace fib {

// Goes from number to number, each from 0 to modulus - 1, for negative numbers too. Not
// thread-safe.
class residue_walk {
 public:
  // Starts by doubling. REQUIRES modulus >= 1.
  residue_walk(const sequence& of, const mpz_class& modulus, index first,
               const computation& how = {});

  [[nodiscard]] const mpz_class& look() const noexcept { return at_; }

  void advance();

 private:
  mpz_class modulus_;
  mpz_class at_;
  mpz_class next_;
};

}  // namespace fib
