// Makes an entry at its place, whatever stands there.
#pragma once

#include "copytree/entry/made.h"
#include "copytree/entry/placement.h"
#include "copytree/entry/standing.h"
#include "copytree/run/context.h"

namespace copytree {

// Sees to it that the entry may be made, as clear_way(), and tells of what that took.
[[nodiscard]] clearance clear_place(context& run, const leaf& entry, const file_status& source,
                                    placement& placed);

// Makes the entry under its own name, or over what may be replaced there (for
// options::atomic always under a temporary one first): way::free or way::replace
// says that it has been made. way::refused if that failed, which has been reported then, as `what`;
// with the other ways nothing has been made. `source` is the status of the source.
[[nodiscard]] clearance place(context& run, const leaf& entry, const file_status& source,
                              placement& placed, operation what, placement::maker make);

[[nodiscard]] inline bool is_made(const clearance& cleared) {
  return cleared.to == way::free || cleared.to == way::replace;
}

// What a verdict that made nothing comes to.
[[nodiscard]] inline made unmade(const clearance& cleared) {
  if (cleared.to == way::put_off) return made::put_off;
  return cleared.to == way::counts ? made::counts : made::no;
}

}  // namespace copytree
