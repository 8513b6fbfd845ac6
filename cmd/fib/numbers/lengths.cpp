#include "fib/numbers/lengths.h"

#include <algorithm>
#include <cmath>

namespace fib {

namespace {

constexpr long double log2_phi = 0.694241913630617301738790266898907L;

// |value| <= 2 to the power of the result.
long double log2_bound(const mpz_class& value) {
  return static_cast<long double>(mpz_sizeinbase(value.get_mpz_t(), 2));
}

// The sum of |i| over the range, without differences of large sums: those would lose what matters.
long double sum_of_distances(const index_range& numbers) {
  const auto distance = [](index i) { return std::fabs(static_cast<long double>(i)); };
  const index last = numbers.end() - 1;
  const long double first_distance = distance(numbers.first);
  const long double last_distance = distance(last);
  if (numbers.first >= 0 || last <= 0) {
    return static_cast<long double>(numbers.count) * (first_distance + last_distance) / 2;
  }
  return first_distance * (first_distance + 1) / 2 + last_distance * (last_distance + 1) / 2;
}

}  // namespace

// F(n) <= phi^(n-1) for n >= 1, and at least half of that; the true logarithm is 0.078 and more
// below the bound's in every base, which leaves room for rounding. In general |G(i)| is at most the
// larger of |G(0)| and |G(1)| times F(|i| + 2), which is at most phi^(|i| + 1).
length_bounds::length_bounds(const sequence& of, const radix& in) {
  const long double log2_base = std::log2(static_cast<long double>(in.base()));
  const long double start = std::max(log2_bound(of.zeroth), log2_bound(of.first));
  per_index_ = log2_phi / log2_base;
  constant_ = of.is_fibonacci() ? -per_index_ : per_index_ + start / log2_base;
}

std::size_t length_bounds::digits(index at) const noexcept {
  const auto distance = std::fabs(static_cast<long double>(at));
  return static_cast<std::size_t>(std::max(distance * per_index_ + constant_, 0.0L)) + 1;
}

std::uint64_t length_bounds::digits(const index_range& numbers) const noexcept {
  if (numbers.count == 0) return 0;
  constexpr long double most = 1ULL << 60;
  const auto count = static_cast<long double>(numbers.count);
  const long double sum = sum_of_distances(numbers) * per_index_ + count * (constant_ + 1);
  return static_cast<std::uint64_t>(std::clamp(std::ceil(sum) + 2, count, most));
}

}  // namespace fib
