// Processes by descriptor (pidfd): a number that nobody else gets while it is held.
#pragma once

#include <sys/types.h>

#include "par/processes/descriptor.h"
#include "par/processes/exit_status.h"

namespace par::inline PAR_ABI::detail {

// Throws std::system_error: no_such_process if there is none of that number.
descriptor open_process(pid_t number);

// Waits for the end of a child, and lets the system forget it.
exit_status wait_for_exit(const descriptor& child);

// Nothing happens if it has ended. Throws std::system_error.
void send_signal(const descriptor& to, int signal);

}  // namespace par::inline PAR_ABI::detail
