// What tests of mirrors share.
#pragma once

#include <filesystem>

#include "cmd/copytree/copying.h"
#include "support/tree.h"

namespace copytree {

inline const options mirroring = {.mirror = true, .list_entries = true};

// The source's content straight into "copy", which holds something.
inline copy_result mirror_now(const playground& ground,
                              const copy_setup& setup = {.how = mirroring}) {
  return copy_now({ground.source() + "/."}, ground.copy(), setup);
}

inline void put(const playground& ground, const support::tree& there) {
  std::filesystem::create_directory(ground.copy());
  support::make_tree(ground.copy(), there);
}

}  // namespace copytree
