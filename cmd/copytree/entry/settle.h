// Counts entries of the source as dealt with: copied, skipped or given up.
#pragma once

#include "copytree/entry/open_pair.h"
#include "copytree/run/context.h"

namespace copytree {

// Each entry that is found is settled once, by whoever has done with it last. Nothing is once the
// copy has been stopped: what was cut off has not been dealt with.
void settle(context& run, const file_status& entry);

// An entry that could not be opened, of the type that its directory tells. Looked at for its size,
// which whoever counts ahead has found too.
void settle_unopened(context& run, const leaf& entry, unsigned char type);

// A directory that is not copied: with all below it.
void settle_lost(context& run, const found_directory& directory);

}  // namespace copytree
