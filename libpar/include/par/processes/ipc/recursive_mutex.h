// A mutual-exclusion lock between processes that its holder may take again.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/thread_safety.h"
#include "par/processes/ipc/owner_died.h"
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI::ipc {

// As ipc::mutex, but held until its thread has unlocked it as often as it locked it. Misuse throws
// std::system_error: unlocking it on a thread that does not hold it (operation_not_permitted), and
// the level after max_levels (resource_unavailable_try_again; the try_ forms return false).
class PAR_CAPABILITY("recursive_mutex") recursive_mutex : public detail::shared_handle {
 public:
  static constexpr std::size_t max_levels = (std::size_t{1} << 20) - 1;

  recursive_mutex();  // Throws as shared_memory does.

  // These throw owner_died.
  void lock() const PAR_ACQUIRE();
  [[nodiscard]] bool try_lock() const PAR_TRY_ACQUIRE(true);

  // False: a stop was requested before it was free.
  [[nodiscard]] bool lock(const std::stop_token& stop) const PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::never(), stop);
  }

  // False: the time was up, or a stop was requested, before it was free.
  template <class Rep, class Period>
  [[nodiscard]] bool try_lock_for(std::chrono::duration<Rep, Period> span,
                                  const std::stop_token& stop = {}) const PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_lock_until(std::chrono::time_point<Clock, Duration> time,
                                    const std::stop_token& stop = {}) const PAR_TRY_ACQUIRE(true) {
    return try_lock_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool try_lock_until(deadline until, const std::stop_token& stop = {}) const
      PAR_TRY_ACQUIRE(true);

  // As of ipc::mutex; of one that the caller holds it is one level more.
  bool recover() const PAR_ACQUIRE();  // NOLINT(modernize-use-nodiscard)

  void unlock() const PAR_RELEASE();

  // All levels at once, and as many again: what a wait on a condition_variable does.
  std::size_t unlock_all() const PAR_RELEASE();  // NOLINT(modernize-use-nodiscard)
  void lock_all(std::size_t levels) const PAR_ACQUIRE();

  // How often the calling thread holds it; 0: not at all.
  [[nodiscard]] std::size_t levels() const;

  // For what has a lock of its own beside its data: makes one there, or finds the one that is.
  static constexpr std::size_t size_of_state = 32;
  static recursive_mutex made_in(shared_memory memory, std::size_t offset);
  static recursive_mutex found_in(shared_memory memory, std::size_t offset);

 private:
  struct shared_state;

  recursive_mutex(shared_memory memory, std::size_t offset);

  void again() const;
};

}  // namespace par::inline PAR_ABI::ipc
