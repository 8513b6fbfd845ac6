#include "fib/numbers/bounded.h"

#include <algorithm>
#include <bit>

namespace fib {

namespace {

void shift_right(bounded& value, std::uint64_t by) {
  mpz_fdiv_q_2exp(value.low.get_mpz_t(), value.low.get_mpz_t(), by);
  mpz_cdiv_q_2exp(value.high.get_mpz_t(), value.high.get_mpz_t(), by);
  value.shift += static_cast<std::int64_t>(by);
}

std::size_t bits_of(const mpz_class& value) {
  return mpz_sizeinbase(value.get_mpz_t(), 2);
}

// -1, 0 or 1: how a * 2^a_shift compares to b * 2^b_shift, neither being below zero. Shifts may be
// far apart, so lengths are looked at first.
int compare(const mpz_class& a, std::int64_t a_shift, const mpz_class& b, std::int64_t b_shift) {
  if (a == 0 || b == 0) return sgn(a) - sgn(b);
  const std::int64_t a_bits = static_cast<std::int64_t>(bits_of(a)) + a_shift;
  const std::int64_t b_bits = static_cast<std::int64_t>(bits_of(b)) + b_shift;
  if (a_bits != b_bits) return a_bits < b_bits ? -1 : 1;
  const std::int64_t lowest = std::min(a_shift, b_shift);
  const mpz_class left = a << static_cast<mp_bitcnt_t>(a_shift - lowest);
  const mpz_class right = b << static_cast<mp_bitcnt_t>(b_shift - lowest);
  return left < right ? -1 : static_cast<int>(left > right);
}

mpz_class quotient_of(const mpz_class& a, std::int64_t a_shift, const mpz_class& b,
                      std::int64_t b_shift) {
  const std::int64_t shift = a_shift - b_shift;
  if (shift >= 0) return (a << static_cast<mp_bitcnt_t>(shift)) / b;
  return a / (b << static_cast<mp_bitcnt_t>(-shift));
}

}  // namespace

bounded trimmed(bounded value, std::size_t bits) {
  const std::size_t has = std::max(bits_of(value.low), bits_of(value.high));
  if (has > bits) shift_right(value, has - bits);
  return value;
}

bounded sum(const bounded& a, const bounded& b, std::size_t bits) {
  if (a.shift < b.shift) return sum(b, a, bits);
  bounded smaller = b;
  if (b.shift < a.shift) shift_right(smaller, static_cast<std::uint64_t>(a.shift - b.shift));
  smaller.low += a.low;
  smaller.high += a.high;
  return trimmed(std::move(smaller), bits);
}

bounded product(const bounded& a, const bounded& b, std::size_t bits) {
  return trimmed({.low = a.low * b.low, .high = a.high * b.high, .shift = a.shift + b.shift}, bits);
}

bounded times(const bounded& a, const mpz_class& factor, std::size_t bits) {
  bounded made = {.low = a.low * factor, .high = a.high * factor, .shift = a.shift};
  if (factor < 0) swap(made.low, made.high);
  return trimmed(std::move(made), bits);
}

bounded power(unsigned base, std::uint64_t exponent, std::size_t bits, const computation& how) {
  bounded made = bounded::exactly(1);
  for (int bit = static_cast<int>(std::bit_width(exponent)) - 1; bit >= 0; --bit) {
    made = product(made, made, bits);
    if ((exponent >> bit & 1) != 0) made = times(made, base, bits);
    how.advance(0);
  }
  return made;
}

bool surely_below(const bounded& a, const bounded& b) {
  return compare(a.high, a.shift, b.low, b.shift) < 0;
}

bool surely_at_most(const bounded& a, const bounded& b) {
  return compare(a.high, a.shift, b.low, b.shift) <= 0;
}

bool integer_part(const bounded& a, const bounded& b, mpz_class& quotient) {
  quotient = quotient_of(a.low, a.shift, b.high, b.shift);
  return quotient == quotient_of(a.high, a.shift, b.low, b.shift);
}

}  // namespace fib
