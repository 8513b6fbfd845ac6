#include "robust_lock.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>
#include <thread>

namespace par::inline PAR_ABI::detail {
namespace {

// The kernel wakes one waiter when an owner dies. If that one is killed before it has the lock, no
// other is woken: so each looks again by itself after this long.
constexpr std::chrono::milliseconds longest_sleep(5);

template <class Duration>
timespec as_timespec(Duration since_epoch) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_epoch);
  timespec result{};
  result.tv_sec = seconds.count();
  result.tv_nsec = std::chrono::nanoseconds(since_epoch - seconds).count();
  return result;
}

int lock_before(pthread_mutex_t& mutex, deadline::clock::time_point time) {
#if defined(__SANITIZE_THREAD__)  // GCC's knows no timed form that tells of a dead owner.
  std::this_thread::sleep_until(std::min(time, deadline::clock::now() + longest_sleep / 5));
  return pthread_mutex_trylock(&mutex);
#else
  const timespec at = as_timespec(time.time_since_epoch());
  return pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &at);
#endif
}

void must(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// Nothing: not to be had, busy or timed out.
std::optional<left_by> how_taken(int error) {
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
  return how_taken(pthread_mutex_trylock(&mutex_));
}

std::optional<left_by> robust_lock::lock_until(deadline until) {
  std::optional<left_by> taken = try_lock();
  while (!taken && !until.passed()) {
    const auto time = std::min(until.time(), deadline::clock::now() + longest_sleep);
    taken = how_taken(lock_before(mutex_, time));
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
