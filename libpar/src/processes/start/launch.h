// Starting a child by each of the methods, as its parent does it.
#pragma once

#include <sys/types.h>

#include <string_view>

#include "child.h"
#include "par/processes/connection.h"
#include "par/processes/descriptor.h"
#include "par/processes/process_body.h"
#include "par/processes/start_method.h"

namespace par::inline PAR_ABI::detail {

// What the parent has of a child that runs.
struct launched_child {
  pid_t number = 0;
  descriptor handle;   // A pidfd; none: it has ended and the system has forgotten it.
  connection talk;     // What its function threw comes from here.
  connection verdict;  // The fork server tells here how it ended; closed: it is ours to wait for.
};

// The option that tells a spawned program that it is a child, followed by a socket's number.
inline constexpr std::string_view child_option = "--par-child=";

// Throws std::system_error, and then nothing runs; std::logic_error without preparation.
[[nodiscard]] launched_child launch(start_method method, child_start start, process_work& work);

[[nodiscard]] launched_child launch_by_fork(child_start start, process_work& work);
[[nodiscard]] launched_child launch_by_fork_server(child_start start, process_work& work);
[[nodiscard]] launched_child launch_by_spawn(child_start start, process_work& work);

// A handle of a child of this process; none if it is forgotten already. If there is no descriptor
// left for one, the child is killed and waited for.
[[nodiscard]] descriptor hold_child(pid_t number);

}  // namespace par::inline PAR_ABI::detail
