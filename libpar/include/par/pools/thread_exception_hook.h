// What happens with an exception that leaves a thread's function.
#pragma once

#include <exception>
#include <functional>

#include "par/pools/thread_handle.h"

namespace par::inline PAR_ABI {

// Called on the thread whose function threw, which then ends as if the function had returned. What
// the hook throws ends the process.
using thread_exception_hook = std::function<void(const thread_handle&, std::exception_ptr)>;

// For all threads of libpar, from now on; returns the one before. An empty one, which is how it
// begins, means std::terminate, as with std::thread: libpar itself never prints. Thread-safe; the
// hook may be called by several threads at once.
thread_exception_hook set_thread_exception_hook(thread_exception_hook hook);

}  // namespace par::inline PAR_ABI
