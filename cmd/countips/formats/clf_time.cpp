#include "countips/formats/clf_time.h"

#include <algorithm>

#include "countips/times/digits.h"
#include "countips/times/second_of_day.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

bool is_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

// 1 for Jan to 12 for Dec, as servers write them in every locale; 0 for anything else.
unsigned month_of(std::string_view name) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (std::size_t i = 0; i < names.size(); i += 3) {
    if (names.substr(i, 3) == name) return static_cast<unsigned>(i / 3 + 1);
  }
  return 0;
}

// Whether the text begins with the shape, in which 0 stands for a digit, A for a letter, + for a
// sign, and everything else for itself.
bool begins_with_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = text[i];
    switch (shape[i]) {
      case '0':
        if (!is_digit(c)) return false;
        break;
      case 'A':
        if (!is_letter(c)) return false;
        break;
      case '+':
        if (c != '+' && c != '-') return false;
        break;
      default:
        if (c != shape[i]) return false;
    }
  }
  return true;
}

}  // namespace

bool is_clf_time_shaped(std::string_view text) {
  constexpr std::string_view shape = "[00/AAA/0000:00:00:00 +0000]";
  static_assert(shape.size() == clf_time_size);
  return begins_with_shape(text, shape);
}

bool take_odd_clf_clock(std::string_view& text, time_parts& into) {
  constexpr std::string_view zone_shape = "+0000";
  if (!text.starts_with(':') && !text.starts_with(' ')) return false;
  std::string_view behind = text.substr(1);
  time_parts parts = into;
  if (!take_clock(behind, parts)) return false;
  std::string_view rest = behind.substr(std::min(behind.find_first_not_of(' '), behind.size()));
  if (begins_with_shape(rest, zone_shape)) {
    std::string_view zone = rest.substr(0, zone_shape.size());
    if (!take_zone(zone, parts)) return false;
    rest.remove_prefix(zone_shape.size());
    behind = rest;
  } else if (rest.starts_with(']')) {
    behind = rest;
  }
  text = behind;
  into = parts;
  return true;
}

std::optional<odd_clf_time> read_odd_clf_time(std::string_view text) {
  constexpr std::string_view date_shape = "[00/AAA/0000";
  if (!begins_with_shape(text, date_shape)) return std::nullopt;
  std::string_view rest = text.substr(date_shape.size());
  time_parts parts;
  if (!take_odd_clf_clock(rest, parts) || !rest.starts_with(']')) return std::nullopt;
  odd_clf_time found{.size = text.size() - rest.size() + 1, .time = std::nullopt};
  const std::optional<day> date = parse_clf_date(text);
  const std::optional<std::uint32_t> second = second_of_day(parts.hour, parts.minute, parts.second);
  if (date && second) found.time = {*date, *second, parts.offset, parts.has_offset};
  return found;
}

bool is_clf_clock(std::string_view text) {
  const auto below = [text](std::size_t at, unsigned limit) {  // Two digits.
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens < 10 && ones < 10 && tens * 10 + ones < limit;
  };
  return below(0, 24) && text[2] == ':' && below(3, 60) && text[5] == ':' && below(6, 61) &&
         text[8] == ' ' && (text[9] == '+' || text[9] == '-') && below(10, 24) && below(12, 60) &&
         text[14] == ']';
}

void read_clf_clock(const char* text, timestamp& into) {
  const auto number_at = [text](std::size_t at) { return two_digits(text + at); };
  into.second = *second_of_day(number_at(0), number_at(3), number_at(6));
  const auto offset = static_cast<std::int32_t>(number_at(10) * 3600 + number_at(12) * 60);
  into.offset = text[9] == '-' ? -offset : offset;
  into.has_offset = true;
}

std::optional<day> parse_clf_date(std::string_view time) {
  return day::make(number(time.substr(8, 4)), month_of(time.substr(4, 3)),
                   number(time.substr(1, 2)));
}

}  // namespace countips
