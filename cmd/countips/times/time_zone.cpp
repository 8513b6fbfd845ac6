#include "countips/times/time_zone.h"

#include <date/tz.h>

#include <chrono>
#include <limits>
#include <stdexcept>

namespace countips {

namespace {

constexpr std::int64_t seconds_a_day = 86400;
constexpr std::int64_t seconds_an_hour = 3600;

std::int64_t days_since_1970(day date) {
  const std::uint32_t number = date.number();
  const std::chrono::year_month_day calendar{std::chrono::year(static_cast<int>(number / 10000)),
                                             std::chrono::month(number / 100 % 100),
                                             std::chrono::day(number % 100)};
  return std::chrono::sys_days(calendar).time_since_epoch().count();
}

// No day outside the years that there are days of.
day date_of(std::int64_t days_since_1970) {
  const std::chrono::year_month_day calendar{
      std::chrono::sys_days(std::chrono::days(days_since_1970))};
  const auto year = static_cast<unsigned>(static_cast<int>(calendar.year()));
  return day::make(year, static_cast<unsigned>(calendar.month()),
                   static_cast<unsigned>(calendar.day()))
      .value_or(day());
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

class time_zone::offsets {
 public:
  struct span {
    std::int64_t begin;  // In seconds since 1970.
    std::int64_t end;
    std::int64_t offset;  // East of UTC, in seconds.
  };

  virtual ~offsets() = default;
  // The span that the moment lies in.
  [[nodiscard]] virtual span at(std::int64_t utc) const = 0;
};

class time_zone::fixed_offset final : public offsets {
 public:
  [[nodiscard]] span at(std::int64_t) const override {
    constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max() / 2;
    return {.begin = -for_ever, .end = for_ever, .offset = 0};
  }
};

class time_zone::zone_offsets final : public offsets {
 public:
  explicit zone_offsets(const date::time_zone& zone) : zone_(zone) {}

  [[nodiscard]] span at(std::int64_t utc) const override {
    const date::sys_info found = zone_.get_info(date::sys_seconds(std::chrono::seconds(utc)));
    return {.begin = found.begin.time_since_epoch().count(),
            .end = found.end.time_since_epoch().count(),
            .offset = found.offset.count()};
  }

 private:
  const date::time_zone& zone_;  // The library keeps it for ever.
};

time_zone time_zone::utc() {
  return time_zone(std::make_shared<fixed_offset>());
}

std::optional<time_zone> time_zone::named(const std::string& name) {
  if (name == "UTC") return utc();
  try {
    return time_zone(std::make_shared<zone_offsets>(*date::locate_zone(name)));
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::optional<time_zone> time_zone::of_this_machine() {
  try {
    return time_zone(std::make_shared<zone_offsets>(*date::current_zone()));
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

local_time zone_clock::converted(const timestamp& time) {
  const std::int64_t utc = midnight_of(time.date) + time.second - time.offset;
  if (utc < begin_ || utc >= end_) look_up(utc);
  const std::int64_t local = utc + offset_;
  const std::int64_t days = floor_div(local, seconds_a_day);
  if (days != out_days_ || out_ == day()) {
    out_days_ = days;
    out_ = date_of(days);
  }
  local_time shown{out_, static_cast<std::uint32_t>(local - days * seconds_a_day)};
  const bool may_be_twice = utc < begin_ + seconds_a_day || utc >= end_ - seconds_a_day;
  if (may_be_twice && shows_hour_twice(local)) {
    shown.told_apart_by = static_cast<std::int16_t>(offset_ / 60);
  }
  return shown;
}

// REQUIRES that the moment is of the span looked up last, and near one of its ends.
bool zone_clock::shows_hour_twice(std::int64_t local) const {
  const std::int64_t hour = floor_div(local, seconds_an_hour) * seconds_an_hour;
  const auto has_some_of = [hour](std::int64_t begin, std::int64_t end) {
    return begin < end && hour < end && begin < hour + seconds_an_hour;
  };
  const time_zone::offsets& from_utc = *zone_.from_utc_;
  return has_some_of(begin_ + offset_, begin_ + from_utc.at(begin_ - 1).offset) ||
         has_some_of(end_ + from_utc.at(end_).offset, end_ + offset_);
}

void zone_clock::look_up(std::int64_t utc) {
  const auto [begin, end, offset] = zone_.from_utc_->at(utc);
  begin_ = begin;
  end_ = end;
  offset_ = offset;
}

std::int64_t zone_clock::midnight_of(day date) {
  if (date != in_) {
    in_ = date;
    in_days_ = days_since_1970(date);
  }
  return in_days_ * seconds_a_day;
}

}  // namespace countips
