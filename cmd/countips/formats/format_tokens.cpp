#include "countips/formats/format_tokens.h"

#include <algorithm>
#include <array>

namespace countips {

namespace {

char plain(char c) {
  if (c == '_') return '-';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// In these proxies tell who has connected to them.
constexpr std::array<std::string_view, 9> forwarding_headers = {
    "x-forwarded-for",         "x-real-ip",      "x-client-ip",      "x-cluster-client-ip",
    "cf-connecting-ip",        "true-client-ip", "fastly-client-ip", "x-original-forwarded-for",
    "x-envoy-external-address"};

}  // namespace

format_field field_of_header(std::string_view name) {
  std::string header(name);
  std::ranges::transform(header, header.begin(), plain);
  if (std::ranges::find(forwarding_headers, header) != forwarding_headers.end()) {
    return {.role = field_role::forwarded};
  }
  if (header == "user-agent") return {.role = field_role::agent};
  if (header == "host") return {.role = field_role::host, .is_tidy = true};
  return {};
}

void append_text(format_tokens& tokens, std::size_t position, std::string_view text) {
  if (tokens.empty() || !std::holds_alternative<std::string>(tokens.back().what)) {
    tokens.push_back({position, std::string()});
  }
  std::get<std::string>(tokens.back().what) += text;
}

}  // namespace countips
