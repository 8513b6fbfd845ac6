// Counting one input, with the help of all threads.
#pragma once

#include <atomic>
#include <optional>

#include "countips/count_block.h"
#include "countips/failure.h"
#include "countips/inputs.h"
#include "countips/object_pool.h"
#include "countips/options.h"
#include "countips/progress.h"
#include "countips/range_reader.h"
#include "countips/source.h"
#include "countips/tally.h"
#include "par/pools/executor.h"

namespace countips {

// What a task counts with.
struct workbench {
  tally counted;
  range_reader reader;
};

struct input_result {
  line_counts lines;
  std::optional<failure> failed;  // The first one; what could be read is counted all the same.
};

// What the inputs of one count share.
struct count_context {
  const count_options& options;
  file_system& files;
  par::executor& on;
  const std::atomic<bool>& stop;  // Once set, what is not counted yet is left out.
  count_progress& progress;
  object_pool<workbench>& benches;
};

// Counts the requests into tallies of `shared.benches`; `file` is the key of its group when files
// are grouped by. May be called from several threads at once.
//
// A plain file is cut into ranges that tasks read and parse. Anything else (gzip, pipes) is read
// and unpacked by the calling thread, and tasks parse the blocks.
[[nodiscard]] input_result count_input(const count_context& shared, const input& what,
                                       group_key file);

}  // namespace countips
