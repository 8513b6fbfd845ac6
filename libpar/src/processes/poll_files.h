// Waiting until files have something to read.
#pragma once

#include <poll.h>

#include <span>
#include <stop_token>

#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

// poll(2) until one of them has an event, the deadline passes (false) or a stop is requested
// (false). Throws std::system_error.
bool poll_files(std::span<pollfd> files, deadline until, const std::stop_token& stop);

}  // namespace par::inline PAR_ABI::detail
