#include "countips/records/status_set.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "countips/times/digits.h"

namespace countips {

namespace {

// Three digits at most.
std::optional<std::size_t> number(std::string_view text) {
  const bool is_number = !text.empty() && text.size() <= 3 && std::ranges::all_of(text, is_digit);
  if (!is_number) return std::nullopt;
  std::size_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::size_t>(c - '0');
  return value;
}

bool is_class(std::string_view text) {
  return text.size() == 3 && text[0] >= '0' && text[0] <= '9' && (text[1] | 0x20) == 'x' &&
         (text[2] | 0x20) == 'x';
}

}  // namespace

std::optional<status_set> status_set::parse(std::string_view text) {
  const bool others = text.starts_with('!');
  if (others) text.remove_prefix(1);
  status_set result;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    more = comma != std::string_view::npos;
    if (!result.add(text.substr(0, comma))) return std::nullopt;
    if (more) text.remove_prefix(comma + 1);
  }
  if (others) result.statuses_.flip();
  return result;
}

bool status_set::add(std::string_view range) {
  std::size_t first = 0;
  std::size_t last = 0;
  if (is_class(range)) {
    first = static_cast<std::size_t>(range[0] - '0') * 100;
    last = first + 99;
  } else {
    const std::size_t dash = std::min(range.find('-'), range.size());
    const auto from = number(range.substr(0, dash));
    const auto to = dash == range.size() ? from : number(range.substr(dash + 1));
    if (!from || !to || *from > *to) return false;
    first = *from;
    last = *to;
  }
  for (std::size_t i = first; i <= last; ++i) statuses_.set(i);
  return true;
}

bool status_set::contains(std::string_view status) const {
  const auto value = number(status);
  return value && statuses_.test(*value);
}

}  // namespace countips
