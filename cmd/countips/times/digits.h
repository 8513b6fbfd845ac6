// Decimal digits, whatever the locale.
#pragma once

namespace countips {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

}  // namespace countips
