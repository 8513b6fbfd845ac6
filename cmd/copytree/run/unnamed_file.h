// A file that gets its name when it is complete.
#pragma once

#include <optional>

#include "copytree/run/context.h"
#include "copytree/system/descriptor.h"

namespace copytree {

// Opens a file without a name for an entry: whatever ends the process, nothing is left of it.
// Nothing if the file system has no such files, which is remembered.
std::optional<descriptor> open_unnamed(context& run, const leaf& entry, int flags, mode_t mode);

}  // namespace copytree
