// The processes that count parts.
#pragma once

#include <cstddef>

#include "countips/counting/input_rules.h"
#include "countips/tallies/options.h"
#include "countips/workers/part.h"
#include "countips/workers/shared_counters.h"

namespace countips {

// What the calling process counts from now on, and how: the first thing that it is told. The rules
// have no observer; how many rejected lines come back is `first_rejects`.
void become_worker(const count_options& asked, const input_rules& rules, shared_counters counters);

// Counts on the calling thread. Reads what the path names, whatever that holds: a process that dies
// of it takes no other part with it. REQUIRES become_worker().
[[nodiscard]] part_count count_in_worker(const part& what);

}  // namespace countips
