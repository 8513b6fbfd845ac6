// Destinations that take content but are no places for files.
#pragma once

#include <optional>

#include "copytree/entry/same_file.h"
#include "copytree/run/context.h"

namespace copytree {

// What the user names as the destination of a file is written into where it is a device, a FIFO, or
// a link to one or to an open file, such as /dev/stdout: to put a file in its place would harm
// others. `there` is the status of what stands there; nothing if it is to be treated as any other.
[[nodiscard]] std::optional<standing> look_for_sink(context& run, const leaf& entry,
                                                    const file_status& source,
                                                    const file_status& there);

}  // namespace copytree
