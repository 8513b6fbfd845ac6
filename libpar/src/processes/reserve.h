// Memory for files that are mapped: a write to a page that cannot be had would be a SIGBUS.
#pragma once

#include <cstddef>

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

// The first `size` bytes, which the file has from then on. Throws std::system_error, which begins
// with `what` could not be done.
void reserve(const descriptor& file, std::size_t size, const char* what);

}  // namespace par::inline PAR_ABI::detail
