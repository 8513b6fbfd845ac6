// Makes the first copy of a file, a symbolic link or a special file.
#pragma once

#include <optional>

#include "copytree/entry/made.h"
#include "copytree/run/context.h"
#include "copytree/system/descriptor.h"

namespace copytree {

// An entry of the source as it was looked at; only regular files are open.
struct source_leaf {
  descriptor file;
  file_status status;
};

// Nothing if it cannot be had, which has been reported then. A regular file is opened without ever
// waiting for a writer, should it have become a FIFO.
std::optional<source_leaf> look_at_source(context& run, const leaf& entry, unsigned char type);

// Makes the copy with all its attributes and counts it. made::no if it was passed over, or stopped,
// or has failed, which has been reported then.
made make_leaf(context& run, const leaf& entry, const source_leaf& source);

}  // namespace copytree
