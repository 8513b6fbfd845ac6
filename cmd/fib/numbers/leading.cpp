#include "fib/numbers/leading.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace fib {

namespace {

// F(k - 1) and F(k), neither below zero.
struct neighbours {
  bounded before;
  bounded self;
};

// F(2k-1) = F(k)^2 + F(k-1)^2 and F(2k) = F(k) (F(k) + 2 F(k-1)): no differences, so that bounds
// stay close. Each doubling loses a bit. REQUIRES k >= 1.
neighbours fibonacci(std::uint64_t k, std::size_t bits, const computation& how) {
  neighbours at = {.before = bounded::exactly(0), .self = bounded::exactly(1)};
  for (int bit = static_cast<int>(std::bit_width(k)) - 2; bit >= 0; --bit) {
    const bounded low =
        sum(product(at.self, at.self, bits), product(at.before, at.before, bits), bits);
    const bounded high = product(at.self, sum(at.self, times(at.before, 2, bits), bits), bits);
    const bool odd = (k >> bit & 1) != 0;
    at = odd ? neighbours{high, sum(high, low, bits)} : neighbours{low, high};
    how.advance(bits);
  }
  return at;
}

// F(k - 1) and F(k) on either side of zero: F(-n) = (-1)^(n+1) F(n).
neighbours fibonacci_anywhere(index k, std::size_t bits, const computation& how) {
  if (k > 0) return fibonacci(static_cast<std::uint64_t>(k), bits, how);
  const neighbours mirrored = fibonacci(static_cast<std::uint64_t>(1 - k), bits, how);
  const bool is_odd = k % 2 != 0;
  return {.before = is_odd ? mirrored.self.negated() : mirrored.self,
          .self = is_odd ? mirrored.before : mirrored.before.negated()};
}

// G(i) = G(0) F(i-1) + G(1) F(i).
bounded combined(const sequence& of, const bounded& before, const bounded& self, std::size_t bits) {
  return sum(times(before, of.zeroth, bits), times(self, of.first, bits), bits);
}

}  // namespace

leading_walk::leading_walk(const sequence& of, const radix& in, std::uint64_t digits, index first,
                           std::size_t bits, const computation& how)
    : in_(in), digits_(digits), bits_(bits), how_(how) {
  const neighbours pair = fibonacci_anywhere(first, bits, how);
  at_ = combined(of, pair.before, pair.self, bits);
  next_ = combined(of, pair.self, sum(pair.before, pair.self, bits), bits);
}

// What the digits take; a bit for each doubling of the index and of the exponent of the base, and a
// few for each rounding on the way; twice what differences of G(0) and G(1) may cancel.
std::size_t leading_walk::enough_bits(const sequence& of, const radix& in, std::uint64_t digits,
                                      index first) {
  const auto start =
      std::max(mpz_sizeinbase(of.zeroth.get_mpz_t(), 2), mpz_sizeinbase(of.first.get_mpz_t(), 2));
  const auto distance = static_cast<std::uint64_t>(std::abs(first)) + 1;
  return digits * static_cast<std::size_t>(std::bit_width(in.base())) + 2 * start +
         2 * static_cast<std::size_t>(std::bit_width(distance)) + 96;
}

std::optional<leading_digits> leading_walk::look() {
  const bool negative = at_.high < 0;
  if (!negative && at_.low < 0) return std::nullopt;
  if (at_.high == 0) return leading_digits{.length = 1, .negative = false, .first = "0"};
  const bounded magnitude = negative ? at_.negated() : at_;
  if (magnitude.low == 0 || !find_length(magnitude)) return std::nullopt;
  leading_digits found = {.length = length_, .negative = negative, .first = {}};
  if (digits_ == 0) return found;
  if (unit_length_ != length_) {
    unit_ = power(in_.base(), length_ - std::min(length_, digits_), bits_, how_);
    unit_length_ = length_;
  }
  mpz_class first;
  if (!integer_part(magnitude, unit_, first)) return std::nullopt;
  found.first = first.get_str(static_cast<int>(in_.base()));
  return found;
}

void leading_walk::advance() {
  bounded following = sum(at_, next_, bits_);
  at_ = std::exchange(next_, std::move(following));
}

// From one number to the next the length changes by one at most, but for the first few, where it
// may fall from any to any.
bool leading_walk::find_length(const bounded& magnitude) {
  if (length_ == 0) guess_length(magnitude);
  add_to_length_for(magnitude);
  if (surely_at_most(above_, magnitude) || surely_below(magnitude, least_)) guess_length(magnitude);
  add_to_length_for(magnitude);
  while (length_ > 1 && surely_below(magnitude, least_)) set_length(length_ - 1);
  return surely_at_most(least_, magnitude) && surely_below(magnitude, above_);
}

// One, if it is too small.
void leading_walk::add_to_length_for(const bounded& magnitude) {
  if (!surely_at_most(above_, magnitude)) return;
  ++length_;
  least_ = std::exchange(above_, times(above_, in_.base(), bits_));
}

void leading_walk::set_length(std::uint64_t length) {
  length_ = length;
  least_ = power(in_.base(), length - 1, bits_, how_);
  above_ = times(least_, in_.base(), bits_);
}

// By the logarithm, which may be off by one, or by more on machines whose long double is short.
void leading_walk::guess_length(const bounded& magnitude) {
  signed long exponent = 0;
  const long double mantissa = mpz_get_d_2exp(&exponent, magnitude.low.get_mpz_t());
  const long double log2 = std::log2(mantissa) + static_cast<long double>(exponent) +
                           static_cast<long double>(magnitude.shift);
  const long double length = log2 / std::log2(static_cast<long double>(in_.base()));
  set_length(static_cast<std::uint64_t>(std::max(length, 0.0L)) + 1);
}

// Ends at the latest when everything is exact.
leading_digits leading_digits_of(const sequence& of, const radix& in, std::uint64_t digits,
                                 index at, const computation& how) {
  for (std::size_t bits = leading_walk::enough_bits(of, in, digits, at);; bits *= 2) {
    if (auto found = leading_walk(of, in, digits, at, bits, how).look()) return *std::move(found);
  }
}

}  // namespace fib
