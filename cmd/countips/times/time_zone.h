// In which zone days begin and end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "countips/times/timestamp.h"

namespace countips {

// What clocks and calendars of a zone show.
struct local_time {
  day date;
  std::uint32_t second = 0;  // Since the midnight of that day by the clock: 0..86399.
  // If the clock shows something of that hour twice, because it is set back: how many minutes it is
  // ahead of UTC.
  std::optional<std::int16_t> told_apart_by = std::nullopt;

  friend auto operator<=>(const local_time&, const local_time&) = default;
};

// Does not change; cheap to copy; thread-safe. Summer time is known up to 2037, where the tables of
// the system's data end.
class time_zone {
 public:
  // Each line's own: its time stays as the log has it.
  time_zone() = default;

  [[nodiscard]] static time_zone utc();

  // "Europe/Berlin", as the system's time zone data names it; nullopt if it does not.
  [[nodiscard]] static std::optional<time_zone> named(const std::string& name);

  // The zone of this machine, if it has one.
  [[nodiscard]] static std::optional<time_zone> of_this_machine();

  [[nodiscard]] bool is_of_the_line() const { return from_utc_ == nullptr; }

 private:
  friend class zone_clock;
  class offsets;
  class fixed_offset;
  class zone_offsets;

  explicit time_zone(std::shared_ptr<const offsets> from_utc) : from_utc_(std::move(from_utc)) {}

  std::shared_ptr<const offsets> from_utc_;
};

// Converts times one after the other and remembers what is mostly the same for the next. Not
// thread-safe.
class zone_clock {
 public:
  explicit zone_clock(time_zone zone) : zone_(std::move(zone)) {}

  // A time without an offset is taken for one of the zone. The date is day() if it would be before
  // the year 0 or after 9999.
  [[nodiscard]] local_time at(const timestamp& time) {
    if (zone_.is_of_the_line() || !time.has_offset) return {time.date, time.second};
    return converted(time);
  }

 private:
  [[nodiscard]] local_time converted(const timestamp& time);
  void look_up(std::int64_t utc);
  [[nodiscard]] bool shows_hour_twice(std::int64_t local) const;
  [[nodiscard]] std::int64_t midnight_of(day date);

  const time_zone zone_;
  // For UTC from begin_ up to end_, in seconds since 1970, the zone has offset_.
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
  std::int64_t offset_ = 0;
  // The last date that came in, and the last that went out, with the number of their days.
  day in_;
  std::int64_t in_days_ = 0;
  day out_;
  std::int64_t out_days_ = 0;
};

}  // namespace countips
