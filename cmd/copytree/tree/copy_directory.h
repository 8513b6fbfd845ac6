// Copies directories and all that is in them, as tasks.
#pragma once

#include "copytree/entry/open_pair.h"
#include "copytree/run/batch.h"
#include "copytree/run/context.h"

namespace copytree {

// Hands a directory to the executor. Runs to its end in tasks that post further ones: one for each
// directory that has a place in the descriptor budget (the others are copied by the task that found
// them, depth first), and for each batch of other entries.
void post_directory(context& run, found_directory found);

// Copies a directory on the calling thread; in a process that copies a share, with all below it
// that is not left.
void copy_directory(context& run, found_directory first);

// In a process that copies a share, before an entry is begun: whether it is left to the owner, as
// enough has been done.
[[nodiscard]] bool is_left(context& run, const std::shared_ptr<open_directory>& in,
                           const char* name, unsigned char type);

// In such a process: leaves what something stands in the way of.
void leave_obstacles(context& run);

// Hands entries that are no directories to the executor.
void post_batch(context& run, batch entries);

}  // namespace copytree
