// Takes an exception that left a thread's function where it belongs.
#pragma once

#include "par/pools/thread_handle.h"

namespace par::inline PAR_ABI::detail {

// REQUIRES: called while an exception is handled. Calls the hook, or std::terminate without one.
void handle_thread_exception(const thread_handle& thrower) noexcept;

}  // namespace par::inline PAR_ABI::detail
