// Locks in a manager's process.
#pragma once

#include <chrono>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/locks/lock_guard.h"
#include "par/processes/manager/proxy.h"

namespace par::inline PAR_ABI {

namespace detail {

// Handle of something that is locked by a thread of some process, and released when that ends or
// its process dies. What it guarded may be half changed then. Fits std::lock_guard,
// std::unique_lock and par's. Copies are the same lock.
class managed_lock : public proxy {
 public:
  using proxy::proxy;

  void lock() const { static_cast<void>(try_lock_until(deadline::never())); }
  [[nodiscard]] bool try_lock() const {
    return try_lock_until(deadline::in(std::chrono::seconds(0)));
  }
  // False: a stop was requested, or the time was up, before it was free.
  [[nodiscard]] bool lock(const std::stop_token& stop) const {
    return try_lock_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  [[nodiscard]] bool try_lock_for(std::chrono::duration<Rep, Period> span,
                                  const std::stop_token& stop = {}) const {
    return try_lock_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_lock_until(std::chrono::time_point<Clock, Duration> time,
                                    const std::stop_token& stop = {}) const {
    return try_lock_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool try_lock_until(deadline until, const std::stop_token& stop = {}) const;

  // Throws std::system_error (operation_not_permitted) if the calling thread does not hold it.
  // Does nothing if the manager has ended: the lock has gone with it.
  void unlock() const;
};

}  // namespace detail

// Locking what the calling thread holds throws std::system_error (resource_deadlock_would_occur).
class managed_mutex : public detail::managed_lock {
 public:
  using managed_lock::managed_lock;
};

// Held until unlocked as often as it was locked.
class managed_recursive_mutex : public detail::managed_lock {
 public:
  using managed_lock::managed_lock;
};

}  // namespace par::inline PAR_ABI
