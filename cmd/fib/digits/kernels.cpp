#include "fib/digits/kernels.h"

#include "fib/digits/row_sum.h"

namespace fib {

namespace {

using detail::second;

bool add(const char* a, const char* b, char* out, std::size_t size, unsigned base) noexcept {
  return detail::sum_row<second::as_it_is>(a, b, out, size, base, 0) != 0;
}

bool subtract(const char* a, const char* b, char* out, std::size_t size, unsigned base) noexcept {
  return detail::sum_row<second::complemented>(a, b, out, size, base, 1) == 0;
}

}  // namespace

const digit_kernels portable_kernels = {.add = add, .subtract = subtract};

const digit_kernels& best_kernels() noexcept {
  static const digit_kernels& best = avx2_kernels() != nullptr ? *avx2_kernels() : portable_kernels;
  return best;
}

}  // namespace fib
