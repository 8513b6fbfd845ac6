// Makes the first copy of a file, a symbolic link or a special file.
#pragma once

#include <optional>

#include "copytree/context.h"
#include "copytree/descriptor.h"
#include "copytree/placement.h"

namespace copytree {

// An entry of the source as it was looked at; only regular files are open.
struct source_leaf {
  descriptor file;
  file_status status;
};

// Nothing if it cannot be had, which has been reported then. A regular file is opened without ever
// waiting for a writer, should it have become a FIFO.
std::optional<source_leaf> look_at_source(context& run, const leaf& entry, unsigned char type);

// Makes the copy with all its attributes and counts it. False if that failed, which has been
// reported then, or was stopped.
bool make_leaf(context& run, const leaf& entry, const source_leaf& source);

// Whether an entry can be made there, whatever the means: true if it takes the place of another,
// false if nothing is there; nothing if it must not, which has been reported then.
std::optional<bool> will_replace(context& run, const leaf& entry, file_id source);

// Makes the entry at its place: under its own name, or over what may be replaced there. False if
// that failed, which has been reported then, as `what`.
bool place(context& run, const leaf& entry, file_id source, placement& placed, operation what,
           placement::maker make);

}  // namespace copytree
