// Which numbers are asked for: the grammar of fib's operands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "par/base/expected.h"

namespace fib {

// The largest index taken: F of it has 2,089,876,403 digits, which GMP can still hold and convert,
// given the memory.
inline constexpr std::uint64_t largest_index = 10'000'000'000;

// `count` consecutive indices from `first` on, none above largest_index.
struct index_range {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  [[nodiscard]] std::uint64_t end() const noexcept { return first + count; }  // One past the last.
  friend bool operator==(const index_range&, const index_range&) = default;
};

// Decimal digits, 0 to largest_index. Otherwise what is wrong with the text, without repeating it.
[[nodiscard]] par::expected<std::uint64_t, std::string> parse_index(std::string_view text);

// "N": the first N indices from 1 on, none for 0. "I..J": from I to J, both included; J < I is an
// error.
[[nodiscard]] par::expected<index_range, std::string> parse_range(std::string_view text);

}  // namespace fib
