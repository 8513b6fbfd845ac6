#include "fib/numbers/residues.h"

#include <bit>
#include <cstdint>
#include <utility>

namespace fib {

namespace {

// F(k - 1) and F(k) by the modulus.
struct neighbours {
  mpz_class before;
  mpz_class self;
};

// From here on a multiplication takes long enough to be shared out.
constexpr std::size_t least_shared_bits = 50'000;

mpz_class by(const mpz_class& value, const mpz_class& modulus) {
  mpz_class rest;
  mpz_fdiv_r(rest.get_mpz_t(), value.get_mpz_t(), modulus.get_mpz_t());
  return rest;
}

// F(2k-1) = F(k)^2 + F(k-1)^2 and F(2k) = F(k) (F(k) + 2 F(k-1)). REQUIRES k >= 1.
neighbours fibonacci(std::uint64_t k, const mpz_class& modulus, const computation& how) {
  neighbours at = {.before = 0, .self = by(1, modulus)};
  const computation alone;
  const computation& where =
      mpz_sizeinbase(modulus.get_mpz_t(), 2) < least_shared_bits ? alone : how;
  for (int bit = static_cast<int>(std::bit_width(k)) - 2; bit >= 0; --bit) {
    mpz_class low;
    mpz_class high;
    where.both([&] { low = by(at.self * at.self + at.before * at.before, modulus); },
               [&] { high = by(at.self * (at.self + 2 * at.before), modulus); });
    at = {.before = std::move(low), .self = std::move(high)};
    if ((k >> bit & 1) != 0) {
      mpz_class following = by(at.before + at.self, modulus);
      at = {.before = std::move(at.self), .self = std::move(following)};
    }
    how.advance(mpz_sizeinbase(modulus.get_mpz_t(), 2));
  }
  return at;
}

// On either side of zero: F(-n) = (-1)^(n+1) F(n).
neighbours fibonacci_anywhere(index k, const mpz_class& modulus, const computation& how) {
  if (k > 0) return fibonacci(static_cast<std::uint64_t>(k), modulus, how);
  neighbours mirrored = fibonacci(static_cast<std::uint64_t>(1 - k), modulus, how);
  mpz_class& negative = k % 2 != 0 ? mirrored.self : mirrored.before;
  negative = by(-negative, modulus);
  return {.before = std::move(mirrored.self), .self = std::move(mirrored.before)};
}

}  // namespace

residue_walk::residue_walk(const sequence& of, const mpz_class& modulus, index first,
                           const computation& how)
    : modulus_(modulus) {
  const neighbours pair = fibonacci_anywhere(first, modulus, how);
  at_ = by(of.zeroth * pair.before + of.first * pair.self, modulus);
  next_ = by(of.zeroth * pair.self + of.first * (pair.before + pair.self), modulus);
}

void residue_walk::advance() {
  at_ += next_;
  if (at_ >= modulus_) at_ -= modulus_;
  swap(at_, next_);
}

}  // namespace fib
