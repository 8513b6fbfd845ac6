// Tidies up after a process that died while it copied a share.
#pragma once

#include <memory>
#include <vector>

#include "copytree/run/context.h"
#include "copytree/shares/new_file_note.h"
#include "copytree/shares/share.h"

namespace copytree {

// Removes the file that it was writing, if it is still to be found in the destination of the share:
// in the directory, or below one of the entries. What cannot be found or removed is left.
void remove_unfinished(context& run, const std::shared_ptr<open_directory>& in,
                       const std::vector<share::entry>& entries, const new_file_note& note);

}  // namespace copytree
