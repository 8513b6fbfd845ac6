#include "fib/numbers/terms.h"

#include <bit>
#include <cstdint>
#include <utility>

namespace fib {

namespace {

// F(k - 1) and F(k).
struct neighbours {
  mpz_class before;
  mpz_class self;
};

// From here on a squaring takes long enough to be shared out.
constexpr std::uint64_t least_shared = 100'000;

// From k to 2k, or to 2k + 1 if `odd`, by two squarings (D. Takahashi, A fast algorithm for
// computing large Fibonacci numbers, 2000):
//   F(2k-1) = F(k)^2 + F(k-1)^2,  F(2k+1) = 4 F(k)^2 - F(k-1)^2 + 2 (-1)^k.
void double_index(neighbours& at, bool k_is_odd, bool odd, const computation& how) {
  how.both([&at] { at.before *= at.before; }, [&at] { at.self *= at.self; });
  mpz_class low = at.self + at.before;
  at.self <<= 2;
  at.self -= at.before;
  if (k_is_odd) {
    at.self -= 2;
  } else {
    at.self += 2;
  }
  at.before = at.self - low;  // F(2k)
  if (odd) return;
  swap(at.self, at.before);
  swap(at.before, low);
}

// REQUIRES k >= 1.
neighbours fibonacci(std::uint64_t k, const computation& how) {
  int doublings = 0;
  while (k >> doublings >= least_shared) ++doublings;
  neighbours at;
  mpz_fib2_ui(at.self.get_mpz_t(), at.before.get_mpz_t(), k >> doublings);
  while (doublings != 0) {
    const bool is_odd = (k >> doublings & 1) != 0;
    --doublings;
    double_index(at, is_odd, (k >> doublings & 1) != 0, how);
    how.advance(mpz_sizeinbase(at.self.get_mpz_t(), 2) / 2);
  }
  return at;
}

// F(-n) = (-1)^(n+1) F(n).
neighbours fibonacci_anywhere(index k, const computation& how) {
  if (k > 0) return fibonacci(static_cast<std::uint64_t>(k), how);
  neighbours mirrored = fibonacci(static_cast<std::uint64_t>(1 - k), how);  // F(-k), F(-k + 1)
  const bool is_odd = k % 2 != 0;
  mpz_class& negative = is_odd ? mirrored.self : mirrored.before;
  negative = -negative;
  return {.before = std::move(mirrored.self), .self = std::move(mirrored.before)};
}

// G(i) = G(0) F(i-1) + G(1) F(i).
mpz_class combined(const sequence& of, const mpz_class& before, const mpz_class& self) {
  return of.zeroth * before + of.first * self;
}

}  // namespace

terms terms_at(const sequence& of, index at, const computation& how) {
  neighbours pair = fibonacci_anywhere(at, how);
  mpz_class next = pair.before + pair.self;
  if (of.is_fibonacci()) return {.at = std::move(pair.self), .next = std::move(next)};
  return {.at = combined(of, pair.before, pair.self), .next = combined(of, pair.self, next)};
}

mpz_class term_at(const sequence& of, index at, const computation& how) {
  neighbours pair = fibonacci_anywhere(at, how);
  return of.is_fibonacci() ? std::move(pair.self) : combined(of, pair.before, pair.self);
}

}  // namespace fib
