// Counts in several processes.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "countips/counting/input_rules.h"
#include "countips/counting/report.h"
#include "countips/input/source.h"
#include "countips/tallies/options.h"
#include "countips/workers/shared_counters.h"
#include "par/pools/executor.h"
#include "par/processes/process_pool.h"

namespace countips {

// As count(), but files are read and parsed by the processes of the pool, which have become workers
// with the same options, rules and counters. Several count a large file together. An input that
// has killed a process is a failure (worker_died), and nothing of it is counted; the others
// are. `files` only looks for the inputs; `on` puts together what was counted.
[[nodiscard]] report count_in_processes(const count_options& asked,
                                        const std::vector<std::string>& operands,
                                        file_system& files, par::process_pool& workers,
                                        par::executor& on, const std::atomic<bool>& stop,
                                        shared_counters& counters, const input_rules& rules = {});

}  // namespace countips
