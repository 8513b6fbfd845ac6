#include "countips/clients/address.h"

#include <array>
#include <cstddef>

namespace countips {

namespace {

using group_array = std::array<std::uint16_t, ipv6_groups>;

// 16 or more if it is none.
unsigned hex_digit(char c) {
  const unsigned decimal = static_cast<unsigned char>(c) - unsigned{'0'};
  if (decimal <= 9) return decimal;
  const unsigned letter = (static_cast<unsigned char>(c) | 0x20U) - unsigned{'a'};
  return letter <= 5 ? letter + 10 : 16;
}

// One to four hexadecimal digits.
std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  unsigned worst = 0;
  for (const char c : text) {
    const unsigned digit = hex_digit(c);
    worst |= digit;
    value = value * 16 + digit;
  }
  if (worst > 15) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

std::uint64_t pack(const group_array& groups, std::size_t first) {
  std::uint64_t value = 0;
  for (std::size_t i = first; i < first + 4; ++i) value = (value << 16) | groups[i];
  return value;
}

// What has been read of an IPv6 address: its groups, and before which of them "::" stood.
struct partial_address {
  group_array groups{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;

  bool add(std::optional<std::uint16_t> group) {
    if (!group || count == ipv6_groups) return false;
    groups[count++] = *group;
    return true;
  }

  bool add(std::optional<ipv4_address> tail) {
    if (!tail) return false;
    return add(static_cast<std::uint16_t>(tail->value >> 16)) &&
           add(static_cast<std::uint16_t>(tail->value & 0xffff));
  }

  bool mark_gap() {
    if (gap) return false;
    gap = count;
    return true;
  }

  [[nodiscard]] std::optional<ipv6_address> finish() const {
    if (gap ? count == ipv6_groups : count != ipv6_groups) return std::nullopt;
    group_array all{};
    const std::size_t head = gap.value_or(count);
    for (std::size_t i = 0; i < head; ++i) all[i] = groups[i];
    for (std::size_t i = head; i < count; ++i) all[ipv6_groups - count + i] = groups[i];
    return ipv6_address{pack(all, 0), pack(all, 4)};
  }
};

}  // namespace

std::optional<ipv4_address> parse_ipv4(std::string_view text) {
  ipv4_address address;
  if (text.empty() || scan_ipv4(text, address) != text.size()) return std::nullopt;
  return address;
}

std::optional<ipv6_address> parse_ipv6(std::string_view text) {
  partial_address address;
  if (text.starts_with("::")) {
    address.mark_gap();
    text.remove_prefix(2);
    if (text.empty()) return address.finish();
  }
  for (;;) {
    const std::size_t colon = text.find(':');
    const std::string_view piece = text.substr(0, colon);
    if (colon == std::string_view::npos) {
      const bool dotted = piece.find('.') != std::string_view::npos;
      if (dotted ? !address.add(parse_ipv4(piece)) : !address.add(parse_group(piece))) {
        return std::nullopt;
      }
      return address.finish();
    }
    if (!address.add(parse_group(piece))) return std::nullopt;
    text.remove_prefix(colon + 1);
    if (!text.starts_with(':')) continue;
    if (!address.mark_gap()) return std::nullopt;
    text.remove_prefix(1);
    if (text.empty()) return address.finish();
  }
}

std::optional<ipv4_address> unmap(const ipv6_address& address) {
  if (address.high != 0 || address.low >> 32 != 0xffff) return std::nullopt;
  return ipv4_address{static_cast<std::uint32_t>(address.low)};
}

}  // namespace countips
