// The rows of a report side by side on an axis of time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "countips/counting/report.h"
#include "countips/render/page/time_span.h"

namespace countips {

// What takes one place on the axis: a span of time, or several that follow one another.
struct time_slot {
  span_number first = 0;
  span_number last = 0;
  const report_row* most_requests = nullptr;  // Among its rows, which are those of the report.
  const report_row* most_clients = nullptr;   // Both null: there was no request at that time.
};

struct time_line {
  grouping by = grouping::day;
  std::vector<time_slot> slots;
  std::size_t spans_per_slot = 1;  // The last slot may have fewer.

  // Spans between the rows that have no request are slots too, unless they would outnumber the rows
  // so far that nothing could be seen of these. Then they are left out, and so many they were.
  std::uint64_t left_out = 0;
};

// Of at most so many slots. Refers to the report's rows. REQUIRES is_span_of_time(what.by).
[[nodiscard]] time_line time_line_of(const report& what, std::size_t most_slots);

// "2024-02-29", or "2024-02-29 to 2024-03-05".
[[nodiscard]] std::string name_of_slot(grouping by, const time_slot& slot);

}  // namespace countips
