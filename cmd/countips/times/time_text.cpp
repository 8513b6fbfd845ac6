#include "countips/times/time_text.h"

#include <algorithm>
#include <array>

#include "countips/times/digits.h"
#include "countips/times/second_of_day.h"

namespace countips {

namespace {

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// Exactly so many digits; more may follow.
bool take_number(std::string_view& text, std::size_t digits, unsigned& into) {
  if (text.size() < digits || !std::all_of(text.begin(), text.begin() + digits, is_digit)) {
    return false;
  }
  into = 0;
  for (const char c : text.substr(0, digits)) into = into * 10 + static_cast<unsigned>(c - '0');
  text.remove_prefix(digits);
  return true;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_name(std::string_view text, std::string_view name) {
  return text.size() >= name.size() && std::equal(name.begin(), name.end(), text.begin(),
                                                  [](char a, char b) { return a == lower(b); });
}

// The number of the name, from 1; all names differ in their first three letters.
template <std::size_t N>
std::optional<unsigned> take_name(std::string_view& text,
                                  const std::array<std::string_view, N>& names) {
  constexpr std::size_t short_size = 3;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!starts_with_name(text, names[i].substr(0, short_size))) continue;
    text.remove_prefix(starts_with_name(text, names[i]) ? names[i].size() : short_size);
    return static_cast<unsigned>(i + 1);
  }
  return std::nullopt;
}

// All of them, or nothing is taken.
template <class... Steps>
bool take_all(std::string_view& text, time_parts& into, Steps... steps) {
  std::string_view rest = text;
  time_parts parts = into;
  if (!(steps(rest, parts) && ...)) return false;
  text = rest;
  into = parts;
  return true;
}

auto character(char c) {
  return [c](std::string_view& text, time_parts&) { return take(text, c); };
}

auto number(std::size_t digits, unsigned time_parts::* part) {
  return [=](std::string_view& text, time_parts& into) {
    return take_number(text, digits, into.*part);
  };
}

bool take_month(std::string_view& text, time_parts& into) {
  const std::optional<unsigned> month = take_month_name(text);
  if (month) into.month = *month;
  return month.has_value();
}

std::optional<timestamp> parse_whole(std::string_view text,
                                     bool (*take_it)(std::string_view&, time_parts&)) {
  time_parts parts;
  if (!take_it(text, parts) || !text.empty()) return std::nullopt;
  return parts.time();
}

}  // namespace

void skip_fraction(std::string_view& text) {
  if (!text.starts_with('.') && !text.starts_with(',')) return;
  const std::size_t digits = count_digits(text.substr(1));
  if (digits != 0) text.remove_prefix(1 + digits);
}

std::optional<unsigned> take_digits(std::string_view& text, std::size_t most) {
  unsigned value = 0;
  const std::size_t digits = count_digits(text.substr(0, most));
  if (digits == 0 || !take_number(text, digits, value)) return std::nullopt;
  return value;
}

std::optional<unsigned> take_month_name(std::string_view& text) {
  static constexpr std::array<std::string_view, 12> names = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  return take_name(text, names);
}

std::optional<unsigned> take_weekday_name(std::string_view& text) {
  static constexpr std::array<std::string_view, 7> names = {
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  return take_name(text, names);
}

bool take_clf_date(std::string_view& text, time_parts& into) {
  return take_all(text, into, number(2, &time_parts::of_month), character('/'), take_month,
                  character('/'), number(4, &time_parts::year));
}

bool take_iso_date(std::string_view& text, time_parts& into) {
  return take_all(text, into, number(4, &time_parts::year), character('-'),
                  number(2, &time_parts::month), character('-'), number(2, &time_parts::of_month));
}

bool take_clock(std::string_view& text, time_parts& into) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return false;
  const unsigned hour = two_digits(text.data());
  const unsigned minute = two_digits(text.data() + 3);
  const unsigned second = two_digits(text.data() + 6);
  if (hour > 99 || minute > 99 || second > 99) return false;
  into.hour = hour;
  into.minute = minute;
  into.second = second;
  text.remove_prefix(8);
  skip_fraction(text);
  return true;
}

std::optional<std::uint32_t> take_second_of_day(std::string_view& text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const unsigned hour = two_digits(text.data());
  const unsigned minute = two_digits(text.data() + 3);
  const unsigned second = two_digits(text.data() + 6);
  const std::optional<std::uint32_t> clock = second_of_day(hour, minute, second);
  if (clock) text.remove_prefix(8);
  return clock;
}

std::optional<std::int32_t> take_offset(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const char sign = text.front();
  if (sign == 'Z' || sign == 'z') {
    text.remove_prefix(1);
    return 0;
  }
  if ((sign != '+' && sign != '-') || text.size() < 3) return std::nullopt;
  const unsigned hours = two_digits(text.data() + 1);
  const std::size_t minutes_at = text.size() > 3 && text[3] == ':' ? 4 : 3;
  const bool has_minutes =
      text.size() >= minutes_at + 2 && two_digits(text.data() + minutes_at) <= 99;
  const unsigned minutes = has_minutes ? two_digits(text.data() + minutes_at) : 0;
  if (hours > 23 || minutes > 59) return std::nullopt;
  text.remove_prefix(has_minutes ? minutes_at + 2 : 3);
  const auto seconds = static_cast<std::int32_t>(hours * 3600 + minutes * 60);
  return sign == '-' ? -seconds : seconds;
}

bool take_zone(std::string_view& text, time_parts& into) {
  const std::optional<std::int32_t> offset = take_offset(text);
  if (!offset) return false;
  into.offset = *offset;
  return into.has_offset = true;
}

bool take_clf_time(std::string_view& text, time_parts& into) {
  if (!take_all(text, into, take_clf_date, character(':'), take_clock)) return false;
  static_cast<void>(take_all(text, into, character(' '), take_zone));
  return true;
}

bool take_iso_time(std::string_view& text, time_parts& into) {
  const auto take_separator = [](std::string_view& rest, time_parts&) {
    return take(rest, 'T') || take(rest, ' ') || take(rest, 't');
  };
  if (!take_all(text, into, take_iso_date, take_separator, take_clock)) return false;
  static_cast<void>(take_zone(text, into));
  return true;
}

bool take_epoch(std::string_view& text, epoch_unit unit, time_parts& into) {
  const auto per_second = static_cast<std::uint32_t>(unit);
  std::size_t zeros = 0;
  for (std::uint32_t left = per_second; left > 1; left /= 10) ++zeros;
  const std::size_t digits = count_digits(text);
  if (digits < zeros + 9 || digits > std::min<std::size_t>(zeros + 11, 19)) return false;
  std::int64_t seconds = 0;
  for (const char c : text.substr(0, digits - zeros)) seconds = seconds * 10 + (c - '0');
  into.since_epoch = seconds;
  text.remove_prefix(digits);
  skip_fraction(text);
  return true;
}

std::optional<timestamp> parse_clf_time(std::string_view text) {
  return parse_whole(text, take_clf_time);
}

std::optional<timestamp> parse_iso_time(std::string_view text) {
  return parse_whole(text, take_iso_time);
}

std::optional<timestamp> parse_epoch(std::string_view text, epoch_unit unit) {
  time_parts parts;
  if (!take_epoch(text, unit, parts) || !text.empty()) return std::nullopt;
  return parts.time();
}

std::optional<timestamp> parse_epoch(std::string_view text) {
  const std::size_t digits = count_digits(text);
  if (digits <= 11) return parse_epoch(text, epoch_unit::seconds);
  if (digits <= 14) return parse_epoch(text, epoch_unit::milliseconds);
  if (digits <= 17) return parse_epoch(text, epoch_unit::microseconds);
  return parse_epoch(text, epoch_unit::nanoseconds);
}

}  // namespace countips
