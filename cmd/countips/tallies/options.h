// What a user can ask the count for.
#pragma once

#include <cstddef>

#include "countips/records/read_rules.h"
#include "countips/tallies/group_key.h"
#include "countips/tallies/record_filter.h"
#include "countips/times/time_zone.h"

namespace countips {

struct count_options {
  grouping by = grouping::day;
  bool with_total = false;  // The clients of all groups together cost a pass over all of them.

  // How many bytes one task parses: small enough to stay in a core's second-level cache, large
  // enough that handing it out costs nothing. At least 1.
  std::size_t block_size = std::size_t{256} << 10;

  std::size_t top = 0;  // How many clients of each group are named, those with the most requests.

  time_zone zone = {};  // In which hours, days, weeks and months are counted.
  record_filter filter = {};
  read_rules reading = {};  // What is wanted follows from the rest: see wanted_by().
};

// What grouping, zone and filter have to look at.
[[nodiscard]] inline wanted_fields wanted_by(const count_options& options) {
  wanted_fields wanted;
  wanted.host = options.by == grouping::host;
  // A zone may move a time off the calendar, whatever is grouped by.
  wanted.clock = options.by == grouping::hour || !options.zone.is_of_the_line();
  options.filter.add_wanted(options.zone, wanted);
  return wanted;
}

[[nodiscard]] inline count_options with_wanted_fields(count_options options) {
  options.reading.wanted = wanted_by(options);
  return options;
}

}  // namespace countips
