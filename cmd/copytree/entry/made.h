// What has become of an entry.
#pragma once

namespace copytree {

enum class made {
  yes,
  counts,   // Not made: what stands there is as good as the copy, and other names are linked to it.
  put_off,  // Something stands in the way that may be removed later.
  no,
};

}  // namespace copytree
