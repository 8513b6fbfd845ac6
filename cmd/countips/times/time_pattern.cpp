#include "countips/times/time_pattern.h"

#include <algorithm>

#include "countips/times/time_text.h"

namespace countips {

namespace {

// What a conversion that stands for several is short for; empty if it is a single one.
std::string_view spelt_out(char conversion) {
  switch (conversion) {
    case 'c':
      return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x':
      return "%m/%d/%y";
    case 'F':
      return "%Y-%m-%d";
    case 'R':
      return "%H:%M";
    case 'r':
      return "%I:%M:%S %p";
    case 'T':
    case 'X':
      return "%H:%M:%S";
    case '+':
      return "%a %b %e %H:%M:%S %Z %Y";
    default:
      return {};
  }
}

bool is_single(char conversion) {
  return std::string_view("aAbBdegGhHIjklmMnpPsStuUVwWyYzZ%").find(conversion) !=
         std::string_view::npos;
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// As many as anyone would pad with: a line full of them, at each of which a time is looked for, is
// not to take for ever.
bool skip_spaces(std::string_view& text) {
  constexpr std::size_t most = 16;
  for (std::size_t i = 0; i < most && !text.empty() && is_space(text.front()); ++i) {
    text.remove_prefix(1);
  }
  return true;
}

// Blanks pad numbers on the left.
bool take_part(std::string_view& text, std::size_t digits, unsigned& into) {
  static_cast<void>(skip_spaces(text));
  const std::optional<unsigned> value = take_digits(text, digits);
  if (value) into = *value;
  return value.has_value();
}

bool skip_number(std::string_view& text, std::size_t digits) {
  unsigned ignored = 0;
  return take_part(text, digits, ignored);
}

// Of POSIX: 69 to 99 are of the last century.
bool take_short_year(std::string_view& text, unsigned& into) {
  if (!take_part(text, 2, into)) return false;
  into += into >= 69 ? 1900 : 2000;
  return true;
}

bool take_half_of_day(std::string_view& text, time_parts& into) {
  if (text.size() < 2 || (text[1] | 0x20) != 'm') return false;
  const char half = static_cast<char>(text[0] | 0x20);
  if (half != 'a' && half != 'p') return false;
  into.is_half_day = true;
  into.is_afternoon = half == 'p';
  text.remove_prefix(2);
  return true;
}

// Names of zones say too little (there are three called IST): all but that of UTC leave it open.
bool take_zone_name(std::string_view& text, time_parts& into) {
  if (take_zone(text, into)) return true;
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  const auto* const end = std::ranges::find_if_not(text, is_letter);
  const std::string_view name(text.begin(), end);
  if (name.empty()) return false;
  into.has_offset = name == "UTC" || name == "GMT";
  into.offset = 0;
  text.remove_prefix(name.size());
  return true;
}

bool take_seconds_since_epoch(std::string_view& text, time_parts& into) {
  return take_epoch(text, epoch_unit::seconds, into);
}

bool take_hour(std::string_view& text, time_parts& into, bool of_half_day) {
  into.is_half_day |= of_half_day;
  return take_part(text, 2, into.hour);
}

bool take_month(std::string_view& text, unsigned& into) {
  const std::optional<unsigned> month = take_month_name(text);
  if (month) into = *month;
  return month.has_value();
}

bool take_percent(std::string_view& text) {
  if (!text.starts_with('%')) return false;
  text.remove_prefix(1);
  return true;
}

bool take_conversion(char conversion, std::string_view& text, time_parts& into) {
  switch (conversion) {
    case 'a':
    case 'A':
      return take_weekday_name(text).has_value();
    case 'b':
    case 'B':
    case 'h':
      return take_month(text, into.month);
    case 'd':
    case 'e':
      return take_part(text, 2, into.of_month);
    case 'H':
    case 'k':
      return take_hour(text, into, false);
    case 'I':
    case 'l':
      return take_hour(text, into, true);
    case 'j':
      return take_part(text, 3, into.of_year);
    case 'm':
      return take_part(text, 2, into.month);
    case 'M':
      return take_part(text, 2, into.minute);
    case 'n':
    case 't':
      return skip_spaces(text);
    case 'p':
    case 'P':
      return take_half_of_day(text, into);
    case 's':
      return take_seconds_since_epoch(text, into);
    case 'S':
      return take_part(text, 2, into.second);
    case 'y':
      return take_short_year(text, into.year);
    case 'Y':
      return take_part(text, 4, into.year);
    case 'z':
      return take_zone(text, into);
    case 'Z':
      return take_zone_name(text, into);
    case '%':
      return take_percent(text);
    case 'G':
      return skip_number(text, 4);
    default:
      return skip_number(text, 2);  // Numbers of weeks and of days in them.
  }
}

// Flags and widths of the GNU library, and the modifiers for other calendars.
bool is_modifier(char c) {
  return std::string_view("EO-_0^#").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<time_pattern> time_pattern::compile(std::string_view pattern, std::size_t* position) {
  std::string single;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    single += pattern[at];
    if (pattern[at] != '%') continue;
    const std::size_t start = at++;
    while (at < pattern.size() && is_modifier(pattern[at])) ++at;
    const char conversion = at < pattern.size() ? pattern[at] : '\0';
    const std::string_view several = spelt_out(conversion);
    if (several.empty() && !is_single(conversion)) {
      if (position != nullptr) *position = start;
      return std::nullopt;
    }
    if (several.empty()) {
      single += conversion;
    } else {
      single.replace(single.size() - 1, 1, several);
    }
  }
  return time_pattern(std::move(single));
}

bool time_pattern::take(std::string_view& text, time_parts& into) const {
  std::string_view rest = text;
  time_parts parts = into;
  for (std::size_t at = 0; at < pattern_.size(); ++at) {
    if (pattern_[at] == '%') {
      if (!take_conversion(pattern_[++at], rest, parts)) return false;
    } else if (rest.starts_with(pattern_[at])) {
      rest.remove_prefix(1);
    } else {
      return false;
    }
  }
  text = rest;
  into = parts;
  return true;
}

bool time_pattern::has_date() const {
  const auto has = [this](std::string_view conversion) {
    return pattern_.find(conversion) != std::string::npos;
  };
  const bool has_year = has("%Y") || has("%y");
  const bool has_month = has("%b") || has("%B") || has("%h") || has("%m");
  const bool has_day = has("%d") || has("%e");
  return has("%s") || (has_year && (has("%j") || (has_month && has_day)));
}

}  // namespace countips
