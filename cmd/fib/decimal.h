// The sum of two numbers held as decimal text.
#pragma once

#include <cstddef>
#include <string_view>

namespace fib {

// How many digits a + b has. Looks at leading digits only, until a pair does not add up to nine.
// REQUIRES both to hold digits and nothing else, and 1 <= a.size() <= b.size().
[[nodiscard]] std::size_t sum_digits(std::string_view a, std::string_view b) noexcept;

// Writes a + b to the sum_digits(a, b) characters from `out` on, and returns their end. REQUIRES
// the same, and that `out` overlaps neither. Adds eight digits in one step of 64-bit arithmetic.
char* add_decimal(std::string_view a, std::string_view b, char* out) noexcept;

}  // namespace fib
