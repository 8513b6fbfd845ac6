// Holds an entry fast that has just been made and cannot be opened: a link or a special file.
#pragma once

#include "copytree/system/descriptor.h"
#include "copytree/system/fs.h"

namespace copytree {

// Whatever takes its name from here on, {descriptor, ""} is the entry (see `at`). An error if
// something else has taken it already: of another type, or a further name of another file.
os_result<descriptor> pin_entry(file_system& fs, at where, mode_t type);

}  // namespace copytree
