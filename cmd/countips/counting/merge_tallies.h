// Bringing together what the workers have counted.
#pragma once

#include <vector>

#include "countips/tallies/tally.h"
#include "par/pools/executor.h"

namespace countips {

// The tallies as one. Merges groups, and the parts of large ones, on all threads; what has been
// merged is freed at once, so that the memory for all is never needed twice.
[[nodiscard]] tally merge_tallies(std::vector<tally> parts, par::executor& on);

// All groups as one, in the same way, but for the counts of their clients.
[[nodiscard]] group merge_groups(tally all, par::executor& on);

}  // namespace countips
