#include "countips/clients/client_text.h"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace countips {

namespace {

using group_array = std::array<std::uint16_t, ipv6_groups>;

std::string text_of(ipv4_address address) {
  const std::uint32_t value = address.value;
  return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255);
}

group_array groups_of(const ipv6_address& address) {
  group_array groups{};
  for (std::size_t i = 0; i < ipv6_groups; ++i) {
    const std::uint64_t half = i < 4 ? address.high : address.low;
    groups[i] = static_cast<std::uint16_t>(half >> (48 - 16 * (i % 4)));
  }
  return groups;
}

struct span_of_zeros {
  std::size_t begin = ipv6_groups;
  std::size_t size = 1;  // A single group of zero is written out.
};

// The longest, and the first of several.
span_of_zeros longest_zeros(const group_array& groups) {
  span_of_zeros longest;
  std::size_t size = 0;
  for (std::size_t i = 0; i < ipv6_groups; ++i) {
    size = groups[i] == 0 ? size + 1 : 0;
    if (size > longest.size) longest = {.begin = i + 1 - size, .size = size};
  }
  return longest;
}

std::string text_of(const ipv6_address& address) {
  const group_array groups = groups_of(address);
  const span_of_zeros zeros = longest_zeros(groups);
  std::string text;
  for (std::size_t i = 0; i < ipv6_groups; ++i) {
    if (i == zeros.begin) {
      text += "::";
      i += zeros.size - 1;
      continue;
    }
    if (!text.empty() && !text.ends_with(':')) text += ':';
    text += fmt::format("{:x}", groups[i]);
  }
  return text;
}

}  // namespace

std::string client_text(const client& who) {
  if (const auto* const v4 = std::get_if<ipv4_address>(&who)) return text_of(*v4);
  if (const auto* const v6 = std::get_if<ipv6_address>(&who)) return text_of(*v6);
  return std::string(std::get<std::string_view>(who));
}

std::string client_text(const client& who, const client_rules& rules) {
  const bool is_part = (std::holds_alternative<ipv4_address>(who) && rules.ipv4_bits < 32) ||
                       (std::holds_alternative<ipv6_address>(who) && rules.ipv6_bits < 128);
  if (!is_part) return client_text(who);
  return fmt::format("{}/{}", client_text(who),
                     std::holds_alternative<ipv4_address>(who) ? rules.ipv4_bits : rules.ipv6_bits);
}

}  // namespace countips
