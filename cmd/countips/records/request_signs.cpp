#include "countips/records/request_signs.h"

#include <algorithm>
#include <cstddef>

#include "countips/times/digits.h"

namespace countips {

namespace {

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_letter_of_scheme(char c) {
  return is_capital(static_cast<char>(c & ~0x20));
}

bool is_url(std::string_view text) {
  const std::size_t scheme = text.find("://");
  return scheme != std::string_view::npos && scheme > 0 &&
         std::ranges::all_of(text.substr(0, scheme), is_letter_of_scheme);
}

}  // namespace

bool is_status(std::string_view text) {
  return text.size() == 3 && text[0] >= '1' && text[0] <= '5' && is_digit(text[1]) &&
         is_digit(text[2]);
}

bool is_method(std::string_view text) {
  constexpr std::size_t shortest = 3, longest = 32;
  return text.size() >= shortest && text.size() <= longest && is_capital(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_capital(c) || c == '-' || c == '_'; });
}

bool is_target(std::string_view text) {
  return text.starts_with('/') || text.starts_with("\\/") || is_url(text);
}

bool is_request_line(std::string_view text) {
  if (is_target(text)) return true;
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos || !is_method(text.substr(0, blank))) return false;
  const std::string_view rest = text.substr(blank + 1);
  return is_target(rest) || rest.starts_with('*') || text.starts_with("CONNECT ") ||
         rest.find(" HTTP") != std::string_view::npos;
}

bool tells_of_request(const record& what) {
  return is_status(what.status) || is_method(what.method) || is_target(what.path);
}

}  // namespace countips
