// Removes a directory with all that is in it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "copytree/mirror/removal.h"
#include "copytree/selection/ignore_rules.h"
#include "copytree/system/descriptor.h"

namespace copytree {

// Where it is, and what it is called.
struct doomed_directory {
  at where;
  std::string path;   // In messages.
  std::string below;  // Below the operand, for the filter.
  std::shared_ptr<const ignore_rules> rules;
};

// Depth first, with two descriptors whatever the depth: on the way up each directory is reached
// through "..", and has to be the one it was. Names that the filter leaves out stay, and so do the
// directories that hold them; links are removed, not followed; what another file system is mounted
// on is not entered. Problems are reported, the rest is removed. True if nothing is left (in a dry
// run: would be).
bool remove_tree(removal& shared, const doomed_directory& top);

}  // namespace copytree
