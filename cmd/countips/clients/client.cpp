#include "countips/clients/client.h"

namespace countips {

namespace {

bool marks_other_syntax(unsigned char c) {
  return c <= ' ' || c == 0x7f ||
         std::string_view("\"':=,[]{}").find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_letter_or_digit(unsigned char c) {
  const unsigned char lower = c | 0x20;
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

}  // namespace

std::optional<client> address_client(std::string_view text) {
  if (const auto v4 = parse_ipv4(text)) return client(*v4);
  const std::optional<ipv6_address> v6 = parse_ipv6(text.substr(0, text.find('%')));
  if (!v6) return std::nullopt;
  if (const auto v4 = unmap(*v6)) return client(*v4);
  return client(*v6);
}

bool is_host_name(std::string_view text) {
  bool found = false;
  for (const char c : text) {
    if (marks_other_syntax(static_cast<unsigned char>(c))) return false;
    found |= is_letter_or_digit(static_cast<unsigned char>(c));
  }
  return found;
}

}  // namespace countips
