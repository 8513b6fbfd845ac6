// What has come of one input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "countips/counting/count_block.h"
#include "countips/counting/input_format.h"
#include "countips/counting/input_rules.h"
#include "countips/input/failure.h"
#include "countips/tallies/line_counts.h"
#include "countips/tallies/rejects.h"

namespace countips {

struct input_result {
  line_counts lines;
  std::optional<failure> failed;  // The first one; what could be read is counted all the same.
  format_summary format;
  std::vector<rejected_line> rejects;  // The first ones.
};

// Of one of the pieces that it is cut into: they are numbered in the order of its lines.
struct piece_result {
  std::uint64_t number = 0;
  block_count lines;
  std::optional<int> error;  // The first errno, if something could not be read.
};

// Adds what comes next.
void append(input_result& to, block_count counted, const std::string& path,
            const input_rules& rules);
void append(input_result& to, piece_result counted, const std::string& path,
            const input_rules& rules);

// Nothing was understood: it would be wrong to report that as so many requests, be it none. What
// was understood but is not asked for is another matter.
[[nodiscard]] bool is_no_log(const input_result& result);

// What to say of it then.
[[nodiscard]] failure no_log_failure(const input_result& result);

}  // namespace countips
