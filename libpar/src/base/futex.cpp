// Futexes of the Linux kernel.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <ctime>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {
namespace {

// The absolute form: the steady clock is CLOCK_MONOTONIC, which is what FUTEX_WAIT_BITSET takes.
timespec absolute(deadline until) noexcept {
  const auto since_boot = until.time().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_boot);
  timespec time{};
  time.tv_sec = seconds.count();
  time.tv_nsec = std::chrono::nanoseconds(since_boot - seconds).count();
  return time;
}

}  // namespace

bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until) noexcept {
  const timespec time = until.is_never() ? timespec{} : absolute(until);
  const long result = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected,
                              until.is_never() ? nullptr : &time, nullptr, FUTEX_BITSET_MATCH_ANY);
  return result != -1 || errno != ETIMEDOUT;
}

void futex_wake(const atomic<std::uint32_t>& word, int count) noexcept {
  syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count, nullptr, nullptr, 0);
}

void futex_wake_all(const atomic<std::uint32_t>& word) noexcept {
  futex_wake(word, INT_MAX);
}

}  // namespace par::inline PAR_ABI::detail
