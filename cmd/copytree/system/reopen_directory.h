// Opens a directory again that had to be closed for a while.
#pragma once

#include <vector>

#include "copytree/system/descriptor.h"
#include "copytree/system/fs.h"

namespace copytree {

struct way_down {
  int from;                        // An open directory.
  std::vector<const char*> names;  // From there; at least one.
  file_id wanted;                  // Where they lead to.
  bool follow = false;             // Also through symbolic links.
};

// Goes down one name after another, and opens the last with the flags. An error if that is another
// directory than wanted.
os_result<descriptor> reopen_directory(file_system& fs, const way_down& way, int flags);

}  // namespace copytree
