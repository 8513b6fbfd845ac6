// What killed copies have left behind.
#pragma once

#include "copytree/run/open_directory.h"

namespace copytree {

struct context;

// Removes from a directory of the destination the temporary files that no copy will ever complete:
// those of our kind of name whose process is gone from this machine, which nobody holds locked (a
// copy on another machine or in another container would), and which the source does not have under
// the same name. Never a directory. That one cannot be removed is reported.
void remove_leftovers(context& run, const open_directory& in);

}  // namespace copytree
