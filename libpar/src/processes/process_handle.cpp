#include "process_handle.h"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system_call.h"

namespace par::inline PAR_ABI::detail {

descriptor open_process(pid_t number) {
  const long opened = ::syscall(SYS_pidfd_open, number, 0);
  return descriptor(static_cast<int>(checked(opened, "open a process")));
}

exit_status wait_for_exit(const descriptor& child) {
  siginfo_t info{};
  const int result = uninterrupted(
      [&] { return ::waitid(P_PIDFD, static_cast<id_t>(child.get()), &info, WEXITED); });
  if (result == -1 && errno == ECHILD) return exit_status::unknown();
  checked(result, "wait for a process");
  return info.si_code == CLD_EXITED ? exit_status::exited(info.si_status)
                                    : exit_status::killed(info.si_status);
}

void send_signal(const descriptor& to, int signal) {
  const long result = ::syscall(SYS_pidfd_send_signal, to.get(), signal, nullptr, 0);
  if (result == -1 && errno == ESRCH) return;
  checked(result, "send a signal");
}

}  // namespace par::inline PAR_ABI::detail
