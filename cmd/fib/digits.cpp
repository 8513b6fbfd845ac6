#include "fib/digits.h"

#include <cmath>

namespace fib {

namespace {

constexpr double log10_phi = 0.20898764024997873;

}  // namespace

// F(n) <= phi^(n-1) for n >= 1, and at least half of that. The true logarithm is 0.14 below the
// bound's, which leaves room for rounding up to largest_index and far beyond.
std::size_t digit_bound(std::uint64_t index) noexcept {
  if (index == 0) return 1;
  return static_cast<std::size_t>(static_cast<double>(index - 1) * log10_phi) + 1;
}

// The sum of (index - 1) * log10_phi + 2, the 2 for the first digit and the end of the line.
std::uint64_t text_bound(index_range numbers) noexcept {
  if (numbers.count == 0) return 0;
  const auto count = static_cast<double>(numbers.count);
  const double mean_index = static_cast<double>(numbers.first) + (count - 1) / 2;
  const double bytes = count * (std::fmax(mean_index - 1, 0) * log10_phi + 2);
  return static_cast<std::uint64_t>(std::ceil(bytes)) + 1;  // 1: what F(0) has above the formula.
}

}  // namespace fib
