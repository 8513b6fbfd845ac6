// How a copy is to be made.
#pragma once

#include <cstddef>

namespace copytree {

struct options {
  bool dry_run = false;            // Do everything but change the destination.
  bool list_entries = false;       // Tell the observer of each entry that has been copied.
  bool new_only = false;           // Whatever already stands in the destination is an error.
  bool privileged = false;         // The process may give files away: failing to is an error.
  std::size_t descriptors = 1024;  // How many files this process may have open at once.
};

}  // namespace copytree
