// Makes the destination a mirror: what the source does not have is removed from it.
#pragma once

#include <optional>
#include <vector>

#include "copytree/model/error.h"
#include "copytree/operands/plan.h"
#include "copytree/run/context.h"
#include "copytree/run/obstacles.h"

namespace copytree {

// Why the plan cannot be carried out as a mirror: two directories would go to the same place, or
// one straight into the target and others beside what is in it, and each would have the others
// removed.
[[nodiscard]] std::optional<error> objection_to_mirror(const plan& what);

// Removes, in every directory that has been copied, what stands there and not in its source; never
// the target itself, nor anything else beside an operand. To be called when all has been copied, on
// the same executor; does nothing, and says so, if there has been any error. Names that the filter
// leaves out stay, and those of backups, if they are made; so does what lies beyond a mount point.
// Both trees are walked once more, through descriptors; when the source cannot be read any longer,
// nothing more is removed. At last it removes what is in the way of entries of other kinds, by the
// same rules. In a dry run it lists what it would remove.
void mirror(context& run, const std::vector<job>& jobs, const std::vector<obstacle>& in_the_way);

}  // namespace copytree
