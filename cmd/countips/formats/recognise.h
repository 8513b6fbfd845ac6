// Finds out which format a log is in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "countips/formats/log_format.h"
#include "countips/tallies/line_counts.h"

namespace countips {

// How well a format reads the lines of a sample.
struct candidate {
  std::shared_ptr<const log_format> format;
  line_counts counts;
  std::uint64_t fitting = 0;  // How many of the requests are of the format from end to end.
  double explained = 0;       // How much of them the format accounts for, in lines.
};

struct recognition {
  std::shared_ptr<const log_format> format;  // Null if the sample is no access log.
  std::uint64_t lines = 0;                   // Of the sample, without blank ones.
  std::vector<candidate> candidates;         // Those that understand something, the best first.
};

// The sample is the first lines of a log. A prefix is taken off before if there are more
// requests behind it than without. Of the formats `among` which to choose, the best is taken: a
// line that it reads as a request counts once, a second time to the share of it that the format
// accounts for, and a third time if that is all of it. Of several that are as good it is the first.
// Where there are no requests yet, it is a format whose headers are there and nothing else. Lines
// of which a format accounts for nothing are no evidence of it, unless their clients are addresses;
// nor are lines with no sign of a request, unless nothing else has their shape or that
// of the head of the common log format.
// Thread-safe.
[[nodiscard]] recognition recognise(std::string_view sample, const format_list& among);

}  // namespace countips
