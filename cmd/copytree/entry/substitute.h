// Makes a link to the source instead of a copy.
#pragma once

#include "copytree/entry/made.h"
#include "copytree/run/context.h"

namespace copytree {

// REQUIRES run.how.instead != substitute::none. A hard link to the source, or to what it leads to
// if links are followed; or a symbolic link that holds the path of the source, which is wrong
// anywhere but in the current directory unless it is absolute.
made make_substitute(context& run, const leaf& entry, const file_status& source);

}  // namespace copytree
