// Counts requests and distinct clients in access logs.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "countips/counting/input_rules.h"
#include "countips/counting/progress.h"
#include "countips/counting/report.h"
#include "countips/input/inputs.h"
#include "countips/input/source.h"
#include "countips/tallies/options.h"
#include "par/pools/executor.h"

namespace countips {

// The operands are files, directories, patterns, and "-" for standard input, at most once. The
// answer does not depend on the executor, nor on how the inputs are cut. Returns soon after `stop`
// is set. Must not be called from a task of the executor.
[[nodiscard]] report count(const count_options& asked, const std::vector<std::string>& operands,
                           file_system& files, par::executor& on, const std::atomic<bool>& stop,
                           count_progress& progress, const input_rules& rules = {});

// The inputs; `progress` gets its totals.
[[nodiscard]] input_list find_inputs(const std::vector<std::string>& operands, file_system& files,
                                     count_progress& progress);

}  // namespace countips
