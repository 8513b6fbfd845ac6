#include "countips/render/page/time_span.h"

#include <charconv>
#include <cstddef>

#include "countips/counting/group_name.h"

namespace countips {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr sys_days first_monday(days(4));  // 1970-01-05

// The names are not yet checked for what stands between the numbers, or behind them.

// The number in so many characters of the text, which are all digits.
std::optional<unsigned> number_at(std::string_view text, std::size_t from, std::size_t size) {
  if (text.size() < from + size) return std::nullopt;
  const char* const last = text.data() + from + size;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + from, last, value);
  return error == std::errc() && end == last ? std::optional(value) : std::nullopt;
}

// 2024-02-29 at the beginning of the text.
std::optional<sys_days> date_in(std::string_view text) {
  const auto years = number_at(text, 0, 4);
  const auto month = number_at(text, 5, 2);
  const auto of_month = number_at(text, 8, 2);
  if (!years || !month || !of_month) return std::nullopt;
  const year_month_day date =
      year(static_cast<int>(*years)) / static_cast<int>(*month) / static_cast<int>(*of_month);
  return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

// The Monday of 2024-W09. The 4th of January is always in the first week (ISO 8601).
std::optional<sys_days> monday_in(std::string_view text) {
  const auto years = number_at(text, 0, 4);
  const auto week = number_at(text, 6, 2);
  if (!years || !week) return std::nullopt;
  const sys_days fourth = year(static_cast<int>(*years)) / 1 / 4;
  const sys_days monday = fourth - (std::chrono::weekday(fourth) - std::chrono::Monday);
  return monday + days(7) * (static_cast<int>(*week) - 1);
}

// +01:00
bool is_offset(std::string_view text) {
  constexpr std::size_t size = 6;
  return text.size() == size && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
         number_at(text, 1, 2) && number_at(text, 4, 2);
}

std::optional<span_number> number_in(grouping by, std::string_view name) {
  if (by == grouping::week) {
    const auto monday = monday_in(name);
    return monday ? std::optional<span_number>((*monday - first_monday) / days(7)) : std::nullopt;
  }
  if (by == grouping::month) {
    const auto years = number_at(name, 0, 4);
    const auto month = number_at(name, 5, 2);
    const bool good = years && month && *month >= 1 && *month <= 12;
    return good ? std::optional<span_number>(*years * 12 + *month - 1) : std::nullopt;
  }
  const auto date = date_in(name);
  if (!date) return std::nullopt;
  const span_number number = date->time_since_epoch().count();
  if (by == grouping::day) return number;
  const auto hour = number_at(name, 11, 2);
  return hour ? std::optional(number * 24 + *hour) : std::nullopt;
}

year_month_day date_of(grouping by, span_number number) {
  switch (by) {
    case grouping::hour:
      return sys_days(std::chrono::floor<days>(std::chrono::hours(number)));
    case grouping::week:
      return first_monday + days(7) * number;
    case grouping::month:
      return year(0) / 1 / 1 + std::chrono::months(number);
    default:
      return sys_days(days(number));
  }
}

}  // namespace

std::optional<span_number> number_of_span(grouping by, std::string_view name) {
  if (!is_span_of_time(by)) return std::nullopt;
  const auto number = number_in(by, name);
  if (!number) return std::nullopt;
  const std::string plain = name_of_span(by, *number);
  const bool is_one_of_two =
      by == grouping::hour && name.starts_with(plain) && is_offset(name.substr(plain.size()));
  return is_one_of_two || name == plain ? number : std::nullopt;
}

std::string name_of_span(grouping by, span_number number) {
  const auto [date, hour] = begin_of_span(by, number);
  const auto month = static_cast<group_key>(static_cast<int>(date.year())) * 100 +
                     static_cast<unsigned>(date.month());
  if (by == grouping::month) return group_name(by, month);
  const group_key key = month * 100 + static_cast<unsigned>(date.day());
  return group_name(by, by == grouping::hour ? hour_key::of(key, hour) : key);
}

span_begin begin_of_span(grouping by, span_number number) {
  const auto hour = by == grouping::hour ? static_cast<unsigned>((number % 24 + 24) % 24) : 0;
  return {.date = date_of(by, number), .hour = hour};
}

}  // namespace countips
