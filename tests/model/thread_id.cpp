// The kernel's number of a thread, for code that asks who runs it: each thread of a scenario has
// its own, and whatever is linked in here asks this instead of the C library.
#include <sys/syscall.h>
#include <unistd.h>

#include "model/execution.h"

extern "C" pid_t gettid() noexcept {
  static const auto real = static_cast<pid_t>(syscall(SYS_gettid));
  const model::execution* const here = model::execution::current();
  return here == nullptr ? real : static_cast<pid_t>(1 + here->running());
}
