// Where a sequence passes a limit.
#pragma once

#include <gmpxx.h>

#include <cstdint>

#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/numbers/sequence.h"

namespace fib {

// The numbers from `first` on before the first whose distance from zero is above the limit. Adds
// its way up, so it takes long for limits of very many digits: half a second for 100,000. REQUIRES
// a sequence that is not all zeros, and a limit of at least 0. Throws stopped.
[[nodiscard]] index_range numbers_until(const sequence& of, index first, const mpz_class& limit,
                                        const computation& how = {});

}  // namespace fib
