// Decimal digits, whatever the locale.
#pragma once

namespace countips {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// The number that two digits make; 100 if they are none. REQUIRES two bytes.
[[nodiscard]] constexpr unsigned two_digits(const char* text) noexcept {
  const unsigned tens = static_cast<unsigned char>(text[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[1]) - unsigned{'0'};
  return tens < 10 && ones < 10 ? tens * 10 + ones : 100;
}

}  // namespace countips
