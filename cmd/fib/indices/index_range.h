// Which numbers of the sequence are meant.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace fib {

// Any integer: the sequence goes on below zero, F(-n) = (-1)^(n+1) F(n).
using index = std::int64_t;

// How far from zero an index may be if all of its number is wanted: F of it has 2,089,876,403
// digits, which GMP can still hold and convert, given the memory.
inline constexpr index largest_index = 10'000'000'000;

// The same if only a part of the number is, or its length, or a remainder.
inline constexpr index farthest_index = 1'000'000'000'000'000'000;

// `count` consecutive indices from `first` on, none farther from zero than farthest_index.
struct index_range {
  index first = 0;
  std::uint64_t count = 0;

  // One past the last.
  [[nodiscard]] index end() const noexcept { return first + static_cast<index>(count); }

  // The one that is farthest from zero. REQUIRES count >= 1.
  [[nodiscard]] index farthest() const noexcept {
    return std::abs(first) > std::abs(end() - 1) ? first : end() - 1;
  }

  [[nodiscard]] bool is_within(index farthest) const noexcept {
    return count == 0 || (-farthest <= first && end() - 1 <= farthest);
  }

  friend bool operator==(const index_range&, const index_range&) = default;
};

// The first of the range, up to `count`, and what they leave.
[[nodiscard]] constexpr index_range first_of(const index_range& numbers, std::uint64_t count) {
  return {.first = numbers.first, .count = count < numbers.count ? count : numbers.count};
}
[[nodiscard]] constexpr index_range without_first(const index_range& numbers, std::uint64_t count) {
  return {.first = numbers.first + static_cast<index>(count), .count = numbers.count - count};
}

}  // namespace fib
