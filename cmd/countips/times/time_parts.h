// What the text of a time has told so far.
#pragma once

#include <cstdint>
#include <optional>

#include "countips/times/timestamp.h"

namespace countips {

// Filled in by readers of texts, which know no calendar: the 32nd of January is a time of the right
// shape, and no time.
struct time_parts {
  static constexpr unsigned none = ~0U;

  unsigned year = none;
  unsigned month = none;
  unsigned of_month = none;
  unsigned of_year = none;  // The first of January is 1; stands for month and of_month.
  unsigned hour = none;
  unsigned minute = none;
  unsigned second = none;
  bool is_half_day = false;  // The hour is one of twelve, and is_afternoon says which.
  bool is_afternoon = false;
  bool has_offset = false;
  std::int32_t offset = 0;                  // East of UTC, in seconds.
  std::optional<std::int64_t> since_epoch;  // Seconds; stands for all of the above.

  // nullopt if there is no such day or clock time, or no day at all is told; a clock time that is
  // not told is midnight.
  [[nodiscard]] std::optional<timestamp> time() const;
};

// The moment so many seconds after the start of 1970, in UTC. nullopt outside the years 0..9999.
[[nodiscard]] std::optional<timestamp> time_since_epoch(std::int64_t seconds);

}  // namespace countips
