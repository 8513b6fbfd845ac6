// A moment as a log writes it.
#pragma once

#include <cstdint>

#include "countips/times/day.h"

namespace countips {

// The local time of the line, and where the log has it the zone. Times that are seconds since 1970,
// and those of formats that are defined to be UTC, have the offset 0.
struct timestamp {
  day date;
  std::uint32_t second = 0;  // Since the midnight of that day: 0..86399; see second_of_day.
  std::int32_t offset = 0;   // East of UTC, in seconds.
  bool has_offset = false;

  friend bool operator==(const timestamp&, const timestamp&) = default;
};

}  // namespace countips
