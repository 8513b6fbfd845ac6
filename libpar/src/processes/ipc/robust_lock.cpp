#include "robust_lock.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

namespace par::inline PAR_ABI::detail {
namespace {

// The kernel wakes one waiter when an owner dies. If that one is killed before it has the lock, no
// other is woken: so each looks again by itself after this long.
constexpr std::chrono::milliseconds longest_sleep(5);

timespec of_monotonic_clock(deadline::clock::time_point time) {
  const auto since_boot = time.time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_boot);
  timespec result{};
  result.tv_sec = seconds.count();
  result.tv_nsec = std::chrono::nanoseconds(since_boot - seconds).count();
  return result;
}

void must(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// Nothing: not to be had, busy or timed out.
std::optional<left_by> outcome(int error) {
  if (error == EBUSY || error == ETIMEDOUT) return std::nullopt;
  if (error == EOWNERDEAD) return left_by::a_dead_owner;
  must(error, "lock what processes share");
  return left_by::its_owner;
}

struct shared_and_robust {
  shared_and_robust() {
    must(pthread_mutexattr_init(&value), "make a lock");
    pthread_mutexattr_setpshared(&value, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&value, PTHREAD_MUTEX_ROBUST);
  }
  ~shared_and_robust() { pthread_mutexattr_destroy(&value); }
  shared_and_robust(const shared_and_robust&) = delete;
  shared_and_robust& operator=(const shared_and_robust&) = delete;
  pthread_mutexattr_t value{};
};

}  // namespace

robust_lock::robust_lock() : mutex_{} {
  const shared_and_robust kind;
  must(pthread_mutex_init(&mutex_, &kind.value), "make a lock");
}

left_by robust_lock::lock() {
  return *lock_until(deadline::never());
}

std::optional<left_by> robust_lock::try_lock() {
  return outcome(pthread_mutex_trylock(&mutex_));
}

std::optional<left_by> robust_lock::lock_until(deadline until) {
  std::optional<left_by> taken = try_lock();
  while (!taken && !until.passed()) {
    const auto time = std::min(until.time(), deadline::clock::now() + longest_sleep);
    const timespec at = of_monotonic_clock(time);
    taken = outcome(pthread_mutex_clocklock(&mutex_, CLOCK_MONOTONIC, &at));
  }
  return taken;
}

void robust_lock::repaired() {
  must(pthread_mutex_consistent(&mutex_), "say that what a lock guards is repaired");
}

void robust_lock::unlock() noexcept {
  static_cast<void>(pthread_mutex_unlock(&mutex_));
}

}  // namespace par::inline PAR_ABI::detail
