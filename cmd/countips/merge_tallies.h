// Bringing together what the workers have counted.
#pragma once

#include <vector>

#include "countips/tally.h"
#include "par/pools/executor.h"

namespace countips {

// The tallies as one, its groups merged in parallel.
[[nodiscard]] tally merge_tallies(std::vector<tally> parts, par::executor& on);

// All groups as one.
[[nodiscard]] group merge_groups(tally all);

}  // namespace countips
