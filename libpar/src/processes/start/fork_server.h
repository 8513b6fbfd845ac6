// A process that forks on request, made when the program had one thread.
//
// A request is one message on a socket that all descendants of the program share: two files, where
// to say what becomes of it and where the child gets its instructions.
#pragma once

#include <sys/types.h>

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

// The first word of the fork server; with it comes a pidfd, if there is a child.
struct fork_answer {
  pid_t number = 0;
  int error = 0;  // Of the system: there is no child.
};

// The last one.
struct fork_verdict {
  int code = 0;
  int signal = 0;  // 0: exited with that code.
};

// Where to send requests. Throws std::system_error.
[[nodiscard]] descriptor start_fork_server();

}  // namespace par::inline PAR_ABI::detail
