// Opens a file that stands at the destination, to write it anew.
#pragma once

#include <fcntl.h>

#include "copytree/entry/place.h"
#include "copytree/run/context.h"
#include "copytree/system/descriptor.h"

namespace copytree {

// For open(), of any file that is to hold a copy: what is verified is read again as well.
[[nodiscard]] inline int writing_flags(const options& how) {
  return (how.verify ? O_RDWR : O_WRONLY) | O_NOCTTY;
}

// REQUIRES that cleared.to is way::overwrite or way::write_through. Opens what was found into
// `file`, emptied unless only attributes are copied; or removes it and calls `make`, where it
// cannot be opened and existing::force allows that. Says which of the two was done; way::refused
// has been reported.
[[nodiscard]] clearance overwrite(context& run, const leaf& entry, const clearance& cleared,
                                  descriptor& file, placement& placed, placement::maker make);

}  // namespace copytree
