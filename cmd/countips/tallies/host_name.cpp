#include "countips/tallies/host_name.h"

#include <algorithm>
#include <cstddef>

namespace countips {

namespace {

// The colons of an IPv6 address mark no port unless it stands in brackets.
std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  if (colon == std::string_view::npos) return host;
  const std::string_view before = host.substr(0, colon);
  const bool is_port =
      std::ranges::all_of(host.substr(colon + 1), [](char c) { return c >= '0' && c <= '9'; }) &&
      (before.find(':') == std::string_view::npos || before.ends_with(']'));
  return is_port ? before : host;
}

char in_small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string canonical_host(std::string_view host) {
  host = without_port(host);
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty()) return "-";
  std::string name(host);
  std::ranges::transform(name, name.begin(), in_small);
  return name;
}

}  // namespace countips
