// Counts requests and distinct clients in access logs.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "countips/options.h"
#include "countips/progress.h"
#include "countips/report.h"
#include "countips/source.h"
#include "par/pools/executor.h"

namespace countips {

// The operands are files, directories, and "-" for standard input, which also no operand stands
// for. The answer does not depend on the executor, nor on how the inputs are cut. Returns soon
// after `stop` is set. Must not be called from a task of the executor.
[[nodiscard]] report count(const count_options& options, const std::vector<std::string>& operands,
                           file_system& files, par::executor& on, const std::atomic<bool>& stop,
                           count_progress& progress);

}  // namespace countips
