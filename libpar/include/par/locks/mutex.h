// A mutual-exclusion lock of four bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"

namespace par::inline PAR_ABI {

// Meets TimedLockable, so the guards of std and par/locks/lock_guard.h work with it. Not recursive,
// not fair. Threads that wait spin for some microseconds, then sleep on a futex. Unlocking one that
// nobody holds throws std::system_error (operation_not_permitted).
//
// Algorithm: the three-state mutex of Ulrich Drepper, "Futexes Are Tricky" (2011), mutex2.
class PAR_CAPABILITY("mutex") mutex {
 public:
  constexpr mutex() noexcept = default;
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  void lock() PAR_ACQUIRE() {
    if (!try_lock()) lock_contended(deadline::never());
  }

  [[nodiscard]] bool try_lock() noexcept PAR_TRY_ACQUIRE(true) {
    std::uint32_t expected = unlocked;
    // Acquire: partner of the release in unlock.
    return state_.compare_exchange_strong(expected, locked, std::memory_order_acquire,
                                          std::memory_order_relaxed);
  }

  // False: a stop was requested before it was free. request_stop() returns after that.
  [[nodiscard]] bool lock(const std::stop_token& stop) PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::never(), stop);
  }

  // False: the time was up, or a stop was requested, before it was free.
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
      PAR_TRY_ACQUIRE(true) {
    if (try_lock()) return true;
    return stop.stop_possible() ? lock_stoppable(until, stop) : lock_contended(until);
  }

  void unlock() PAR_RELEASE() {
    // Release: partner of the acquires that take the lock.
    const std::uint32_t was = state_.exchange(unlocked, std::memory_order_release);
    if (was != locked) unlock_slow(was);
  }

 private:
  // The values of state_. Only `contended` makes unlock call the kernel.
  static constexpr std::uint32_t unlocked = 0;
  static constexpr std::uint32_t locked = 1;     // Held, and nobody sleeps.
  static constexpr std::uint32_t contended = 2;  // Held, and somebody may sleep.

  bool lock_contended(deadline until) noexcept;  // False: the deadline passed.
  bool lock_stoppable(deadline until, const std::stop_token& stop);
  bool spin() noexcept;  // For a short while; true: taken.
  bool take_as_contended() noexcept;
  void unlock_slow(std::uint32_t was);

  detail::atomic<std::uint32_t> state_{unlocked};
};

}  // namespace par::inline PAR_ABI
