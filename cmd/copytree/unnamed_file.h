// Files that get their names when they are complete (options::atomic).
#pragma once

#include "copytree/context.h"
#include "copytree/descriptor.h"
#include "copytree/place.h"

namespace copytree {

// Opens a file without a name for an entry: whatever ends the process, nothing is left of it.
// None if the file system has no such files, which is remembered.
descriptor open_unnamed(context& run, const leaf& entry, int flags, mode_t mode);

// As place(), but what is made gets no name: by `make_unnamed`; where that returns false, by `make`
// under a temporary name, whether something stands in its place or not.
[[nodiscard]] clearance place_hidden(context& run, const leaf& entry, const file_status& source,
                                     placement& placed, operation what, placement::maker make,
                                     par::function_ref<bool()> make_unnamed);

}  // namespace copytree
