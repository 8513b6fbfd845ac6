// Semaphores in a manager's process.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

#include "par/processes/manager/managed_mutex.h"

namespace par::inline PAR_ABI {

// Handle of a semaphore, see manager.h, with two ways to take a permit. One that is acquired is
// anybody's to release: a signal. One that is locked belongs to the calling thread, which unlocks
// it, and is released when that ends or its process dies: a seat.
//
//   const par::lock_guard seat(seats);
class managed_semaphore : public detail::managed_lock {
 public:
  using managed_lock::managed_lock;

  void acquire() const { static_cast<void>(try_acquire_until(deadline::never())); }
  [[nodiscard]] bool try_acquire() const {
    return try_acquire_until(deadline::in(std::chrono::seconds(0)));
  }
  // False: a stop was requested, or the time was up, before there was one.
  [[nodiscard]] bool acquire(const std::stop_token& stop) const {
    return try_acquire_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  [[nodiscard]] bool try_acquire_for(std::chrono::duration<Rep, Period> span,
                                     const std::stop_token& stop = {}) const {
    return try_acquire_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_acquire_until(std::chrono::time_point<Clock, Duration> time,
                                       const std::stop_token& stop = {}) const {
    return try_acquire_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool try_acquire_until(deadline until, const std::stop_token& stop = {}) const;

  // Throws std::system_error (value_too_large), and releases nothing, if more would be free than
  // can be counted; of managed_bounded_semaphore: than it began with.
  void release(std::uint64_t permits = 1) const;
};

class managed_bounded_semaphore : public managed_semaphore {
 public:
  using managed_semaphore::managed_semaphore;
};

}  // namespace par::inline PAR_ABI
