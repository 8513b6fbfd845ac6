// How long Fibonacci numbers are as text, without computing them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fib/range.h"

namespace fib {

// The digits of F(index), or one more.
[[nodiscard]] std::size_t digit_bound(std::uint64_t index) noexcept;

// Bytes that are enough for these numbers, one a line: at most two more for each number, and two
// in all, than their text has. REQUIRES the numbers to take less than 2^53 bytes.
[[nodiscard]] std::uint64_t text_bound(index_range numbers) noexcept;

}  // namespace fib
