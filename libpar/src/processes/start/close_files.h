// Closing what a child has no use for.
#pragma once

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// All open files of this process but 0, 1, 2 and this one. Throws std::system_error.
void close_files_but(int number);

}  // namespace par::inline PAR_ABI::detail
