// What has become of an entry.
#pragma once

namespace copytree {

enum class made {
  yes,
  counts,  // Not made: what stands there is as good as the copy, and other names are linked to it.
  no,
};

}  // namespace copytree
