// What to do about what already stands where an entry is to be put.
#pragma once

#include <string>

#include "copytree/run/context.h"

namespace copytree {

enum class way {
  refused,        // It must not be touched, which is an error and has been reported.
  passed_over,    // It is left as it is.
  put_off,        // It is an obstacle, which may be removed later.
  counts,         // It is left as it is and stands for the copy: other names are linked to it.
  free,           // Nothing stands there, or no longer does: make the entry.
  replace,        // Make the entry under another name and move it over this one.
  overwrite,      // Open it and write its content anew.
  write_through,  // It is a link to nothing: make the file that it leads to.
};

struct clearance {
  way to;
  std::string backup = {};   // What stood there is now called this, in the same directory.
  file_id found = {};        // What is to be overwritten,
  bool behind_link = false;  // and that a symbolic link leads there.
  bool is_sink = false;      // It is a device or the like: it takes the content, nothing else.
};

// How what may be changed at all is to be changed.
[[nodiscard]] inline existing way_to_change(const options& how) {
  const bool is_condition = how.when_existing == existing::keep ||
                            how.when_existing == existing::refuse ||
                            how.when_existing == existing::ask;
  const existing change = is_condition ? how.once_allowed : how.when_existing;
  const bool is_in_place = change == existing::overwrite || change == existing::force;
  return how.atomic && is_in_place ? existing::replace : change;
}

// For an entry that is no directory. Looks, asks, and removes or sets aside what has to go; changes
// nothing in a dry run. `source` is its status, links followed if they are to be.
[[nodiscard]] clearance clear_way(context& run, const leaf& entry, const file_status& source);

}  // namespace copytree
