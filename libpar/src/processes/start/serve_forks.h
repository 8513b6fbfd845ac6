// The fork server's own process.
#pragma once

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

// Answers requests until nobody can send any and all children have ended, then ends the process.
// The children return from nowhere: they run what they are told.
[[noreturn]] void serve_forks(descriptor requests) noexcept;

}  // namespace par::inline PAR_ABI::detail
