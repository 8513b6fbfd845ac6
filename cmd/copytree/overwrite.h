// Opens a file that stands at the destination, to write it anew.
#pragma once

#include "copytree/context.h"
#include "copytree/descriptor.h"
#include "copytree/place.h"

namespace copytree {

// REQUIRES that cleared.to is way::overwrite or way::write_through. Opens what was found into
// `file`, emptied unless only attributes are copied; or removes it and calls `make`, where it
// cannot be opened and existing::force allows that. Says which of the two was done; way::refused
// has been reported.
[[nodiscard]] clearance overwrite(context& run, const leaf& entry, const clearance& cleared,
                                  descriptor& file, placement& placed, placement::maker make);

}  // namespace copytree
