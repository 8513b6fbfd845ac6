#include "countips/tallies/group_key.h"

#include <chrono>

namespace countips {

day monday_of(day date) {
  const std::uint32_t number = date.number();
  const std::chrono::sys_days days{std::chrono::year_month_day{
      std::chrono::year(static_cast<int>(number / 10000)), std::chrono::month(number / 100 % 100),
      std::chrono::day(number % 100)}};
  const std::chrono::year_month_day monday{days -
                                           (std::chrono::weekday(days) - std::chrono::Monday)};
  return day::make(static_cast<unsigned>(static_cast<int>(monday.year())),
                   static_cast<unsigned>(monday.month()), static_cast<unsigned>(monday.day()))
      .value_or(date);
}

std::uint64_t group_keys::number_of_host(std::string_view host) {
  constexpr std::size_t most_known = 1000;  // Whoever sends requests can make up names.
  const auto known = known_hosts_.find(host);
  if (known != known_hosts_.end()) return known->second;
  const std::uint64_t number = hosts_->number_of(host);
  if (known_hosts_.size() < most_known) known_hosts_.emplace(host, number);
  return number;
}

group_key group_keys::of_other(const record& what, const local_time& when) {
  switch (by_) {
    case grouping::hour:
      return hour_key::of(when.date.number(), when.second / 3600, when.told_apart_by);
    case grouping::week:
      if (when.date != last_day_) {
        last_day_ = when.date;
        last_monday_ = monday_of(when.date);
      }
      return last_monday_.number();
    case grouping::month:
      return when.date.number() / 100;
    case grouping::file:
      return file_;
    case grouping::host:
      return number_of_host(what.host);
    case grouping::day:
      return when.date.number();
    case grouping::total:
      break;
  }
  return 0;
}

}  // namespace countips
