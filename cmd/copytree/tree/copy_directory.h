// Copies directories and all that is in them, as tasks.
#pragma once

#include "copytree/entry/open_pair.h"
#include "copytree/run/context.h"
#include "copytree/tree/batch.h"

namespace copytree {

// Hands a directory to the executor. Runs to its end in tasks that post further ones: one for each
// directory that has a place in the descriptor budget (the others are copied by the task that found
// them, depth first), and for each batch of other entries.
void post_directory(context& run, found_directory found);

// Hands entries that are no directories to the executor.
void post_batch(context& run, batch entries);

}  // namespace copytree
