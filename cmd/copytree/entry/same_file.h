// Whether a source and what stands at its destination are one file.
#pragma once

#include "copytree/run/context.h"

namespace copytree {

// What stands where an entry is to be put.
struct standing {
  file_status status;        // Of what a symbolic link there leads to, if it counts as that.
  bool behind_link = false;  // The name itself is such a link.
};

enum class sameness {
  different,       // One may be copied over the other.
  same,            // The copy would destroy its source.
  already_copied,  // They are what the copy would make them: names of one file.
};

// As GNU cp judges: two links to one file are as good as the file, unless what stands there is
// removed or set aside first, and then not if both are the same name.
[[nodiscard]] sameness compare(context& run, const leaf& entry, const file_status& source,
                               const standing& there);

}  // namespace copytree
