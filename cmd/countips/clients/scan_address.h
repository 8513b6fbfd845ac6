// Reads addresses without looking at one byte after the other, where more of the line is behind.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "countips/clients/address.h"
#include "countips/clients/byte_masks.h"

namespace countips {

// How many bytes there must be from the first one of the address on.
constexpr std::size_t scan_address_reads = 48;

namespace detail {

// The first of four bytes is the lowest.
inline std::uint32_t load_four(const char* from) noexcept {
  std::array<unsigned char, 4> bytes;
  std::memcpy(bytes.data(), from, bytes.size());
  return bytes[0] | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[3]} << 24;
}

// One to three digits, right-aligned in the three lower bytes.
inline std::uint64_t digits_in_places(const char* text, std::size_t begin,
                                      std::size_t end) noexcept {
  return load_four(text + begin) << (8 * (3 - (end - begin))) & 0x000f0f0f;
}

// Two of these side by side become numbers, at bits 16 and 48; what is below them is of no use.
inline std::uint64_t numbers_of(std::uint64_t low, std::uint64_t high) noexcept {
  const std::uint64_t both = low | high << 32;
  const std::uint64_t hundreds_and_ones = both & 0x00ff00ff00ff00ff;
  const std::uint64_t tens = both >> 8 & 0x000000ff000000ff;
  return hundreds_and_ones * (100 << 16 | 1) + (tens * 10 << 16);
}

// The number that one to four hexadecimal digits stand for.
inline std::uint64_t hex_group(const char* digits, std::size_t count) noexcept {
  const std::uint32_t text = load_four(digits) << (8 * (4 - count));
  const std::uint32_t nibbles = (text & 0x0f0f0f0f) + 9 * (text >> 6 & 0x01010101);
  return (nibbles & 0xff) << 12 | (nibbles >> 8 & 0xff) << 8 | (nibbles >> 16 & 0xff) << 4 |
         nibbles >> 24;
}

}  // namespace detail

// The same as scan_ipv4() of a text, where this finds an address; it need not. Has no branches that
// depend on how long the numbers are, which no processor can foresee.
[[nodiscard]] inline std::size_t scan_ipv4_ahead(const char* text, ipv4_address& address) noexcept {
  const byte_block bytes(text);
  const std::uint32_t all_digits = bytes.within('0', 9);
  const std::uint32_t all_dots = bytes.equal_to('.');
  const std::uint32_t others = ~(all_digits | all_dots) & 0xffff;
  if (others == 0) return 0;
  const std::uint32_t own = (others & (0 - others)) - 1;  // All below the first other byte.
  const std::uint32_t dots = all_dots & own;
  const std::uint32_t digits = all_digits & own;
  const std::uint32_t starts = dots << 1 | 1;
  const std::uint32_t none = starts & ~digits;
  const std::uint32_t too_many = digits & digits >> 1 & digits >> 2 & digits >> 3;
  const std::uint32_t leading_zeros = bytes.equal_to('0') & starts & digits >> 1;
  const std::uint32_t last_two = dots & (dots - 1);
  const std::uint32_t last_one = last_two & (last_two - 1);
  if ((none | too_many | leading_zeros | (last_one & (last_one - 1))) != 0 || last_one == 0) {
    return 0;
  }
  const auto first = static_cast<std::size_t>(std::countr_zero(dots));
  const auto second = static_cast<std::size_t>(std::countr_zero(last_two));
  const auto third = static_cast<std::size_t>(std::countr_zero(last_one));
  const auto size = static_cast<std::size_t>(std::countr_zero(others));
  const std::uint64_t a_and_b = detail::numbers_of(
      detail::digits_in_places(text, 0, first), detail::digits_in_places(text, first + 1, second));
  const std::uint64_t c_and_d =
      detail::numbers_of(detail::digits_in_places(text, second + 1, third),
                         detail::digits_in_places(text, third + 1, size));
  if (((a_and_b | c_and_d) & 0xff000000ff000000) != 0) return 0;  // Above 255.
  address.value = static_cast<std::uint32_t>((a_and_b >> 16 & 0xff) << 24 | a_and_b >> 48 << 16 |
                                             (c_and_d >> 16 & 0xff) << 8 | c_and_d >> 48);
  return size;
}

// The length of the IPv6 address that the text begins with; 0 if there is none, or one that has to
// be looked at more closely: with dots, or one that may stand for an IPv4 address. What follows is
// neither a hexadecimal digit nor a colon.
[[nodiscard]] std::size_t scan_ipv6_ahead(const char* text, ipv6_address& address) noexcept;

}  // namespace countips
