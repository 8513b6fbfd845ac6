// What code asks of the system in a run of a scenario: who it is, and what time it is. Whatever is
// linked in here asks this instead of the C library.
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <ctime>

#include "model/execution.h"

// Each thread of a scenario has a number of its own.
extern "C" pid_t gettid() noexcept {
  static const auto real = static_cast<pid_t>(syscall(SYS_gettid));
  const model::execution* const here = model::execution::current();
  return here == nullptr ? real : static_cast<pid_t>(1 + here->running());
}

// Each run has a clock of its own.
extern "C" int clock_gettime(clockid_t which, timespec* now) noexcept {
  const model::execution* const here = model::execution::current();
  if (here == nullptr || which != CLOCK_MONOTONIC) {
    return static_cast<int>(syscall(SYS_clock_gettime, which, now));
  }
  const auto since_start = here->time().time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_start);
  now->tv_sec = seconds.count();
  now->tv_nsec = std::chrono::nanoseconds(since_start - seconds).count();
  return 0;
}
