#include "countips/input/rotation_order.h"

#include <algorithm>
#include <charconv>
#include <compare>
#include <cstdint>
#include <iterator>
#include <string>
#include <tuple>

namespace countips {

namespace {

bool is_separator(char each) {
  return std::string_view("-._T:").find(each) != std::string_view::npos;
}

bool is_decimal_digit(char each) {
  return each >= '0' && each <= '9';
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return static_cast<std::size_t>(std::ranges::find_if_not(rest, is_decimal_digit) - rest.begin());
}

// What a path says about its place; a path is that of a log with the rest taken off.
struct place {
  std::string log;
  std::string date;          // Its digits; empty for the file that is still written to.
  std::uint64_t number = 0;  // The higher, the older.
};

std::string_view without_packing(std::string_view path) {
  for (const std::string_view ending : {".gz", ".zst", ".zstd", ".bz2", ".xz", ".lzma", ".Z"}) {
    if (path.ends_with(ending)) return path.substr(0, path.size() - ending.size());
  }
  return path;
}

// Takes ".12" off the end. Longer numbers are dates and the like.
std::uint64_t take_number(std::string_view& path) {
  constexpr std::size_t most_digits = 5;
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == path.size()) return 0;
  const std::string_view digits = path.substr(dot + 1);
  if (digits.size() > most_digits || !std::ranges::all_of(digits, is_decimal_digit)) return 0;
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  path = path.substr(0, dot);
  return number;
}

bool is_month_and_day(std::string_view month, std::string_view day) {
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

// How long the date is that begins here: 20240131, 2024-01-31, with a time of day behind or not, or
// seconds since 1970; 0 if there is none.
std::size_t date_length(std::string_view text) {
  const std::size_t digits = digits_at(text, 0);
  if (digits == 10 && text[0] == '1') return digits;
  if (text.substr(0, 2) != "19" && text.substr(0, 2) != "20") return 0;
  std::size_t length = 0;
  if (digits >= 8 && is_month_and_day(text.substr(4, 2), text.substr(6, 2))) {
    length = digits;
  } else if (digits == 4 && digits_at(text, 5) == 2 && digits_at(text, 8) >= 2 &&
             text[4] == text[7] && is_month_and_day(text.substr(5, 2), text.substr(8, 2))) {
    length = 8 + digits_at(text, 8);
  }
  while (length > 0 && length < text.size() && is_separator(text[length])) {
    const std::size_t more = digits_at(text, length + 1);
    if (more < 2) break;
    length += 1 + more;
  }
  return length;
}

// Takes the date out of the last part of the path, with what sets it off.
std::string take_date(std::string& path) {
  const std::size_t name = path.rfind('/') + 1;
  for (std::size_t at = name; at < path.size(); ++at) {
    if (!is_decimal_digit(path[at]) || (at > name && is_decimal_digit(path[at - 1]))) continue;
    std::size_t size = date_length(std::string_view(path).substr(at));
    if (size == 0) continue;
    std::string date;
    std::ranges::copy_if(path.substr(at, size), std::back_inserter(date), is_decimal_digit);
    if (at > name && is_separator(path[at - 1])) {
      --at;
      ++size;
    } else if (at == name && at + size < path.size() && is_separator(path[at + size])) {
      ++size;
    }
    path.erase(at, size);
    return date;
  }
  return {};
}

place place_of(std::string_view path) {
  place found;
  std::string_view rest = without_packing(path);
  // logrotate's option `extension` keeps it last: access.1.log.
  const bool has_extension = rest.ends_with(".log");
  if (has_extension) rest.remove_suffix(4);
  found.number = take_number(rest);
  found.log = rest;
  if (has_extension) found.log += ".log";
  found.date = take_date(found.log);
  return found;
}

// As people sort: runs of digits by their value.
std::strong_ordering compare_naturally(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty()) {
    const std::size_t left_digits = digits_at(left, 0);
    const std::size_t right_digits = digits_at(right, 0);
    if (left_digits == 0 || right_digits == 0) {
      if (left[0] != right[0]) return left[0] <=> right[0];
      left.remove_prefix(1);
      right.remove_prefix(1);
      continue;
    }
    const auto value = [](std::string_view digits) {
      return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
    };
    const std::string_view a = value(left.substr(0, left_digits));
    const std::string_view b = value(right.substr(0, right_digits));
    if (a != b) return std::tuple(a.size(), a) <=> std::tuple(b.size(), b);
    left.remove_prefix(left_digits);
    right.remove_prefix(right_digits);
  }
  return left.size() <=> right.size();
}

}  // namespace

bool rotates_before(std::string_view left, std::string_view right) {
  const place a = place_of(left);
  const place b = place_of(right);
  const std::strong_ordering logs = compare_naturally(a.log, b.log);
  if (logs != std::strong_ordering::equal) return logs < 0;
  // Without a date it is the youngest; with a higher number it is older.
  return std::tuple(a.date.empty(), std::string_view(a.date), b.number, left) <
         std::tuple(b.date.empty(), std::string_view(b.date), a.number, right);
}

bool is_put_aside(std::string_view path) {
  return without_packing(path) != path || place_of(path).number != 0;
}

}  // namespace countips
