#include "countips/times/time_parts.h"

#include <chrono>

#include "countips/times/second_of_day.h"

namespace countips {

namespace {

std::optional<day> day_of_date(const std::chrono::year_month_day& date) {
  const int year = static_cast<int>(date.year());
  if (year < 0) return std::nullopt;
  return day::make(static_cast<unsigned>(year), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()));
}

std::optional<day> nth_day(unsigned year, unsigned of_year) {
  using namespace std::chrono;
  if (year > 9999 || of_year < 1 || of_year > 366) return std::nullopt;
  const year_month_day date =
      sys_days(std::chrono::year(static_cast<int>(year)) / January / 1) + days(of_year - 1);
  if (static_cast<unsigned>(static_cast<int>(date.year())) != year) return std::nullopt;
  return day_of_date(date);
}

std::optional<day> date_of(const time_parts& parts) {
  if (parts.month == time_parts::none && parts.of_month == time_parts::none) {
    return nth_day(parts.year, parts.of_year);
  }
  return day::make(parts.year, parts.month, parts.of_month);
}

// nullopt if it is no hour.
std::optional<unsigned> hour_of(const time_parts& parts) {
  if (parts.hour == time_parts::none) return 0;
  if (!parts.is_half_day) return parts.hour < 24 ? std::optional(parts.hour) : std::nullopt;
  if (parts.hour < 1 || parts.hour > 12) return std::nullopt;
  return parts.hour % 12 + (parts.is_afternoon ? 12 : 0);
}

unsigned or_zero(unsigned part) {
  return part == time_parts::none ? 0 : part;
}

}  // namespace

std::optional<timestamp> time_parts::time() const {
  if (since_epoch) return time_since_epoch(*since_epoch);
  const std::optional<day> date = date_of(*this);
  const std::optional<unsigned> hours = hour_of(*this);
  if (!date || !hours) return std::nullopt;
  const auto clock = second_of_day(*hours, or_zero(minute), or_zero(second));
  if (!clock) return std::nullopt;
  return timestamp{*date, *clock, offset, has_offset};
}

std::optional<timestamp> time_since_epoch(std::int64_t seconds) {
  using namespace std::chrono;
  constexpr std::int64_t last = 253'402'300'799;   // Of the year 9999.
  constexpr std::int64_t first = -62'167'219'200;  // Of the year 0.
  if (seconds < first || seconds > last) return std::nullopt;
  const sys_seconds at{std::chrono::seconds(seconds)};
  const sys_days date = floor<days>(at);
  const std::optional<day> found = day_of_date(year_month_day(date));
  if (!found) return std::nullopt;
  return timestamp{*found, static_cast<std::uint32_t>((at - date).count()), 0, true};
}

}  // namespace countips
