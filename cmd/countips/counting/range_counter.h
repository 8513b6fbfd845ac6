// Counting the lines of a plain file, which all threads read at once.
#pragma once

#include <functional>
#include <optional>

#include "countips/counting/count_block.h"
#include "countips/counting/input_counter.h"
#include "countips/formats/log_format.h"
#include "countips/input/range_reader.h"
#include "countips/input/source.h"

namespace countips {

// What has been counted of some of the lines; the first errno, if something could not be read.
struct stretch_count {
  block_count lines;
  std::optional<int> error;
};

// Counts the lines that start in that range into tallies of `shared.benches`. Tells `add` of all of
// them in their order, on the calling thread. What cannot be read does not keep the rest from being
// counted.
void count_ranges(const count_context& shared, const block_rules& rules, const log_format& format,
                  source& from, byte_range all, const std::function<void(stretch_count)>& add);

}  // namespace countips
