#include "countips/formats/field_scan.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "countips/times/digits.h"

namespace countips {

namespace {

constexpr std::string_view blanks = " \t";

bool is_blank(char c) {
  return blanks.find(c) != std::string_view::npos;
}

// True if the byte at this place has an odd number of backslashes before it.
bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && text[before - 1] == '\\') --before;
  return (at - before) % 2 != 0;
}

bool begins_with_status(std::string_view text) {
  return is_logged_status(text.substr(0, text.find(' ')));
}

// Where the field that the text begins with ends, or npos.
std::size_t find_end(std::string_view text, const layout_field& field, bool has_escapes) {
  const bool is_quoted = has_escapes && field.end.front() == '"';
  const bool is_list = is_client(field) && field.end.front() == ' ';
  std::size_t first = std::string_view::npos;  // Of those that no status follows.
  std::size_t at = find_text(text, field.end);
  while (at != std::string_view::npos) {
    std::size_t next = std::string_view::npos;
    if (is_quoted && is_escaped(text, at)) next = at + 1;
    if (is_list) next = behind_gap_in_list(text, at);
    if (next == std::string_view::npos) {
      if (!field.before_status || begins_with_status(text.substr(at + field.end.size()))) return at;
      first = std::min(first, at);
      next = at + 1;
    }
    at = find_text(text, field.end, next);
  }
  return first;
}

}  // namespace

std::size_t find_text(std::string_view text, std::string_view what, std::size_t from) {
  // Blanks are everywhere; the last byte is rarer in what ends fields: " [", "] ", "\" ".
  const std::size_t key = what.back() == ' ' ? 0 : what.size() - 1;
  while (from + what.size() <= text.size()) {
    const void* const found =
        std::memchr(text.data() + from + key, what[key], text.size() - from - what.size() + 1);
    if (found == nullptr) break;
    from = static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) - key;
    if (std::memcmp(text.data() + from, what.data(), what.size()) == 0) return from;
    ++from;
  }
  return std::string_view::npos;
}

std::size_t behind_gap_in_list(std::string_view text, std::size_t blank) {
  if (blank > 0 && text[blank - 1] == ',') return blank + 1;
  while (blank < text.size() && is_blank(text[blank])) ++blank;
  return blank < text.size() && text[blank] == ',' ? blank : std::string_view::npos;
}

std::optional<std::string_view> take_field(std::string_view& text, const layout_field& field,
                                           bool has_escapes) {
  if (field.end.empty()) return std::exchange(text, {});
  const std::size_t end = find_end(text, field, has_escapes);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(0, end);
  text.remove_prefix(end + field.end.size());
  return value;
}

std::string_view first_list(std::string_view text) {
  std::size_t at = text.find_first_of(blanks);
  while (at != std::string_view::npos) {
    const std::size_t next = behind_gap_in_list(text, at);
    if (next == std::string_view::npos) return text.substr(0, at);
    at = text.find_first_of(blanks, next);
  }
  return text;
}

std::string_view without_port(std::string_view value) {
  const std::size_t colon = value.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == value.size()) return value;
  return std::ranges::all_of(value.substr(colon + 1), is_digit) ? value.substr(0, colon) : value;
}

bool is_logged_status(std::string_view value) {
  return value == "-" || (value.size() == 3 && std::ranges::all_of(value, is_digit));
}

std::string_view trimmed(std::string_view value) {
  while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
  return value;
}

}  // namespace countips
