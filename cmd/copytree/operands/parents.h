// Makes the directories that lead to an operand, below the target of a copy.
#pragma once

#include <memory>

#include "copytree/operands/plan.h"
#include "copytree/run/context.h"

namespace copytree {

// The directory that the job's last name goes into, with all above it made like those of the
// source; they get their attributes when it is let go. Those that were there keep theirs. Nothing
// if one of them cannot be had, which has been reported then. Links are followed on the way, in the
// source as given by the user and in the target.
[[nodiscard]] std::shared_ptr<open_directory> make_parents(context& run, const job& operand);

}  // namespace copytree
