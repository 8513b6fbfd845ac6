#include "countips/counting/group_name.h"

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>

namespace countips {

namespace {

// Of the year that most of the week's days are in: that of its Thursday.
std::string week_name(day monday) {
  using namespace std::chrono;
  const std::uint32_t number = monday.number();
  const sys_days thursday =
      sys_days(year_month_day(year(static_cast<int>(number / 10000)), month(number / 100 % 100),
                              std::chrono::day(number % 100))) +
      days(3);
  const year_month_day date(thursday);
  const auto days_before = (thursday - sys_days(date.year() / January / 1)).count();
  return fmt::format("{:04}-W{:02}", static_cast<int>(date.year()), days_before / 7 + 1);
}

std::string hour_name(group_key key) {
  std::string name =
      fmt::format("{} {:02}:00", day::from_number(hour_key::date(key)).text(), hour_key::hour(key));
  const auto offset = hour_key::told_apart_by(key);
  if (!offset) return name;
  const int minutes = std::abs(*offset);
  return fmt::format("{}{}{:02}:{:02}", name, *offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace

std::string group_name(grouping by, group_key key) {
  const auto number = static_cast<std::uint32_t>(key);
  switch (by) {
    case grouping::hour:
      return hour_name(key);
    case grouping::day:
      return day::from_number(number).text();
    case grouping::week:
      return week_name(day::from_number(number));
    case grouping::month:
      return fmt::format("{:04}-{:02}", number / 100, number % 100);
    case grouping::total:
    case grouping::file:
    case grouping::host:
      break;
  }
  return "total";
}

}  // namespace countips
