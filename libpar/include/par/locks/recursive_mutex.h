// A mutual-exclusion lock that its holder may take again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI {

// Meets TimedLockable. Held until unlocked as often as it was locked. Not fair. Misuse throws
// std::system_error: unlocking it on a thread that does not hold it (operation_not_permitted), and
// the level after max_levels (resource_unavailable_try_again; the try_ forms return false).
//
// A child of fork() holds what the forking thread held.
class PAR_CAPABILITY("recursive_mutex") recursive_mutex {
 public:
  static constexpr std::size_t max_levels = (std::size_t{1} << 20) - 1;

  constexpr recursive_mutex() noexcept = default;
  recursive_mutex(const recursive_mutex&) = delete;
  recursive_mutex& operator=(const recursive_mutex&) = delete;

  void lock() PAR_ACQUIRE();
  [[nodiscard]] bool try_lock() PAR_TRY_ACQUIRE(true);

  // False: a stop was requested before it was free.
  [[nodiscard]] bool lock(const std::stop_token& stop) PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::never(), stop);
  }

  template <class Rep, class Period>
  [[nodiscard]] bool try_lock_for(std::chrono::duration<Rep, Period> span,
                                  const std::stop_token& stop = {}) PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_lock_until(std::chrono::time_point<Clock, Duration> time,
                                    const std::stop_token& stop = {}) PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool try_lock_until(deadline until, const std::stop_token& stop = {})
      PAR_TRY_ACQUIRE(true);

  void unlock() PAR_RELEASE();

  // All levels at once, and as many again: what a wait on a condition_variable does.
  std::size_t unlock_all() PAR_RELEASE();
  void lock_all(std::size_t levels) PAR_ACQUIRE();

  // How often the calling thread holds it; 0: not at all.
  [[nodiscard]] std::size_t levels() const noexcept;

 private:
  [[nodiscard]] bool is_mine() const noexcept;
  bool try_again() noexcept;  // One level more; false: that would be one too many.
  void take_over(std::size_t levels) noexcept;
  void require_mine() const;

  mutex mutex_;
  // The holder's thread id, or 0. Only compared with the reader's own, which no other thread
  // writes, so relaxed is enough.
  detail::atomic<std::uint32_t> owner_{0};
  std::size_t levels_ = 0;  // The holder's.
};

}  // namespace par::inline PAR_ABI
