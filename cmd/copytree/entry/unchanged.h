// Passes over what the destination has already (options: update::same).
#pragma once

#include "copytree/run/context.h"

namespace copytree {

// Whether the destination has the entry already: the same type, size and time of modification, of a
// symbolic link also the same target, of a device the same number. Then it is counted as unchanged,
// and owner and mode are put right if they differ and it is a file; extended attributes are not
// looked at. No copy has that time before it is complete: the times are set last. False also if the
// entry cannot be looked at, which is left to be reported to whoever copies it.
//
// A file with several names is none of this function's business: it returns false.
bool pass_over_unchanged(context& run, const leaf& entry, unsigned char type);

// The same for a file with several names, of which this one stands for the content.
bool pass_over_unchanged(context& run, const leaf& entry, const file_status& source);

// Whether an entry of the destination is a name of this file already; then it is counted.
bool pass_over_linked(context& run, const leaf& entry, at existing);

}  // namespace copytree
