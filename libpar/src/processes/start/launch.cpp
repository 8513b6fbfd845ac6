#include "start/launch.h"

#include <stdio_ext.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <utility>

#include "process_handle.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {

launched_child launch(start_method method, child_start start, process_work& work) {
  switch (method) {
    case start_method::forkserver:
      return launch_by_fork_server(std::move(start), work);
    case start_method::spawn:
      return launch_by_spawn(std::move(start), work);
    case start_method::fork:
      break;
  }
  return launch_by_fork(std::move(start), work);
}

launched_child launch_by_fork(child_start start, process_work& work) {
  auto [mine, its] = pipe(false);
  flush_standard_streams();
  const pid_t number = checked(::fork(), "fork");
  if (number == 0) {
    // What other threads have printed since is their process's to write.
    ::__fpurge(stdout);
    ::__fpurge(stderr);
    mine.close();
    run_child(std::move(start), std::move(work.run), its);
  }
  return {.number = number, .handle = hold_child(number), .talk = std::move(mine), .verdict = {}};
}

descriptor hold_child(pid_t number) {
  try {
    return open_process(number);
  } catch (const std::system_error& error) {
    // Where SIGCHLD is ignored, a dead child is forgotten at once.
    if (error.code() == std::errc::no_such_process) return {};
    ::kill(number, SIGKILL);
    uninterrupted([&] { return ::waitpid(number, nullptr, 0); });
    throw;
  }
}

}  // namespace par::inline PAR_ABI::detail
