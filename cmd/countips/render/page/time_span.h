// Hours, days, weeks and months as numbers that follow one another.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "countips/tallies/group_key.h"

namespace countips {

// One more is the next hour, day, week or month, whichever is grouped by. Two hours that the clock
// shows alike have the same.
using span_number = std::int64_t;

// What the name of a group says; nullopt if that is no span of time.
[[nodiscard]] std::optional<span_number> number_of_span(grouping by, std::string_view name);

// REQUIRES is_span_of_time(by).
[[nodiscard]] std::string name_of_span(grouping by, span_number number);

// When a span begins.
struct span_begin {
  std::chrono::year_month_day date;  // Of a week, its Monday.
  unsigned hour = 0;
};

// REQUIRES is_span_of_time(by).
[[nodiscard]] span_begin begin_of_span(grouping by, span_number number);

}  // namespace countips
