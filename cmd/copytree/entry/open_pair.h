// Opens a directory of the source and its counterpart in the destination.
#pragma once

#include <memory>
#include <string>

#include "copytree/run/context.h"
#include "copytree/run/descriptor_budget.h"
#include "copytree/run/open_directory.h"

namespace copytree {

// A directory that has been found but not yet opened: it costs no descriptor.
struct found_directory {
  std::shared_ptr<open_directory> parent;
  std::string source;  // Its name there; of an operand, its path.
  std::string name;    // Its name in the destination.
  descriptor_budget::place place = {};
  bool put_off = false;  // Something stands in the way that may be removed later.
};

// Makes the destination if it is not there; private until its attributes are set. Takes the place
// of what was found. Nothing if it cannot be had or must not, which has been reported then
// unless it is put off.
std::shared_ptr<open_directory> open_pair(context& run, found_directory& found);

}  // namespace copytree
