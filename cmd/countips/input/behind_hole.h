// A file without the NULs that it begins with.
#pragma once

#include <cstdint>
#include <memory>

#include "countips/input/source.h"

namespace countips {

// A server that goes on writing where it was, in a file that has been truncated, leaves a hole in
// front of its lines. The source itself, if it does not begin with a NUL or is not one that can be
// read in any order, or has nothing else, or fails.
[[nodiscard]] std::unique_ptr<source> behind_hole(std::unique_ptr<source> from);

}  // namespace countips
