// What the inputs of one count share.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

#include "countips/counting/input_rules.h"
#include "countips/counting/object_pool.h"
#include "countips/counting/progress.h"
#include "countips/input/range_reader.h"
#include "countips/input/source.h"
#include "countips/tallies/host_table.h"
#include "countips/tallies/options.h"
#include "countips/tallies/tally.h"
#include "par/pools/executor.h"

namespace countips {

// What a task counts with.
struct workbench {
  tally counted;
  range_reader reader;
};

struct count_context {
  const count_options& options;
  const input_rules& rules;
  file_system& files;
  par::executor& on;
  const std::atomic<bool>& stop;  // Once set, what is not counted yet is left out.
  count_progress& progress;
  object_pool<workbench>& benches;
  host_table& hosts;
  // How many inputs no thread has begun with. Null if they are counted one after the other.
  const std::atomic<std::size_t>* waiting = nullptr;
};

// What the tasks have counted. REQUIRES that none is at work.
[[nodiscard]] inline std::vector<tally> take_tallies(object_pool<workbench>& benches) {
  std::vector<tally> parts;
  for (const auto& bench : benches.release()) parts.push_back(std::move(bench->counted));
  return parts;
}

}  // namespace countips
