// Internet addresses as numbers, read from their texts.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "countips/clients/hash_seed.h"

namespace countips {

struct ipv4_address {
  std::uint32_t value = 0;  // 1.2.3.4 is 0x01020304.
  friend auto operator<=>(const ipv4_address&, const ipv4_address&) = default;
};

constexpr std::size_t ipv6_groups = 8;  // Of 16 bits each.

struct ipv6_address {
  std::uint64_t high = 0;  // The first eight bytes, most significant first.
  std::uint64_t low = 0;
  friend auto operator<=>(const ipv6_address&, const ipv6_address&) = default;
};

// Reads the address that the text begins with and returns its length; 0 if there is none, and
// `address` is as before then. Digits are never left over: "1.2.3.4567" begins with no address,
// "1.2.3.4x" with 1.2.3.4.
[[nodiscard]] inline std::size_t scan_ipv4(std::string_view text, ipv4_address& address) noexcept {
  const auto digit_at = [text](std::size_t i) {  // Above 9 if there is none.
    return i < text.size() ? static_cast<unsigned char>(text[i]) - unsigned{'0'} : 10U;
  };
  std::uint32_t value = 0;
  std::size_t at = 0;
  for (int octet = 0; octet < 4; ++octet) {
    if (octet > 0) {
      if (at >= text.size() || text[at] != '.') return 0;
      ++at;
    }
    unsigned number = digit_at(at);
    if (number > 9) return 0;
    const bool leading_zero = number == 0;
    for (++at; digit_at(at) <= 9; ++at) {
      number = number * 10 + digit_at(at);
      if (leading_zero || number > 255) return 0;
    }
    value = value << 8 | number;
  }
  address.value = value;
  return at;
}

// Accept exactly the texts that inet_pton accepts, and give the same address.
[[nodiscard]] std::optional<ipv4_address> parse_ipv4(std::string_view text);
[[nodiscard]] std::optional<ipv6_address> parse_ipv6(std::string_view text);

// The address that ::ffff:a.b.c.d stands for, if this is one of those.
[[nodiscard]] std::optional<ipv4_address> unmap(const ipv6_address& address);

[[nodiscard]] inline std::uint64_t hash_of(ipv4_address address, std::uint64_t seed) noexcept {
  return mix_bits(address.value ^ seed);
}

[[nodiscard]] inline std::uint64_t hash_of(const ipv6_address& address,
                                           std::uint64_t seed) noexcept {
  return mix_bits(mix_bits(address.high ^ seed) + address.low);
}

}  // namespace countips
