// Starts a thread of the system, and what runs on it.
#pragma once

#include <memory>

#include "thread_state.h"

namespace par::inline PAR_ABI::detail {

// Throws std::system_error if no thread can be had; then it is as if nothing had been tried.
void run_thread(const std::shared_ptr<thread_state>& state);

}  // namespace par::inline PAR_ABI::detail
