#include "cmd/countips/client_text.h"

#include <arpa/inet.h>

#include <array>

namespace countips {

namespace {

std::string text_of_ipv6(const ipv6_address& address) {
  std::array<unsigned char, 16> bytes{};
  for (unsigned i = 0; i < 8; ++i) {
    bytes[i] = static_cast<unsigned char>(address.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<unsigned char>(address.low >> (56 - 8 * i));
  }
  std::array<char, INET6_ADDRSTRLEN> shown{};
  return inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size());
}

}  // namespace

std::string text_of(const client& who) {
  if (const auto* const name = std::get_if<std::string_view>(&who)) return std::string(*name);
  if (const auto* const v6 = std::get_if<ipv6_address>(&who)) return text_of_ipv6(*v6);
  const std::uint32_t v4 = std::get<ipv4_address>(who).value;
  return std::to_string(v4 >> 24) + '.' + std::to_string(v4 >> 16 & 255) + '.' +
         std::to_string(v4 >> 8 & 255) + '.' + std::to_string(v4 & 255);
}

}  // namespace countips
