// The clock time as a number.
#pragma once

#include <cstdint>
#include <optional>

namespace countips {

// Since midnight: 0..86399; nullopt if there is no such clock time. A leap second, 60, counts as
// the second before it: it stays in its minute, whatever the zone, and so in its hour and day.
[[nodiscard]] constexpr std::optional<std::uint32_t> second_of_day(unsigned hour, unsigned minute,
                                                                   unsigned second) {
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
}

}  // namespace countips
