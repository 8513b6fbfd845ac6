// How processes come to be, and what a program does first for it.
#pragma once

#include <cstdint>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// fork: a copy of the calling process at that moment: fast, and it runs any closure, but locks that
// other threads hold stay locked there, and it has all open files of its parent.
// forkserver: a copy of the program as it was in prepare_processes(), with one thread.
// spawn: the program executed anew.
//
// Children of the last two have of their parent's memory only what they are sent, and of its open
// files those they are sent and 0, 1, 2. All have its working directory; the environment, signals
// that are ignored, the umask, limits, rights, process group and session are the parent's, with
// forkserver those of the moment of prepare_processes(): after a change of the effective user or
// group its children end with std::system_error (operation_not_permitted).
enum class start_method : std::uint8_t { fork, forkserver, spawn };

// To be called first thing in main, where there is no other thread yet: it makes forkserver and
// spawn possible. In a process that spawn made it does not return, but runs that one's function.
//
// The fork server is a process that ends after this program and all processes it made; it ignores
// SIGINT, SIGTERM, SIGHUP and SIGQUIT, so that a terminal's ^C ends the program first. It is no
// child of this process. Files other than 0, 1 and 2 that are open by now are not open in its
// children.
//
// Throws std::logic_error if other threads run or it was called before, std::system_error if there
// is no process to be had, std::invalid_argument if the program was given the option of processes
// that spawn makes (--par-child=) but by somebody else.
void prepare_processes(int argc, char** argv);

}  // namespace par::inline PAR_ABI
