// Conditions in a manager's process.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <limits>
#include <stop_token>
#include <utility>

#include "par/base/deadline.h"
#include "par/processes/manager/managed_mutex.h"

namespace par::inline PAR_ABI {

// NOLINTBEGIN(modernize-use-nodiscard): const handles, but things happen behind them.

// Handle of a condition variable, see manager.h. As par::condition_variable: wake-ups are exact.
// The lock is a managed_mutex or managed_recursive_mutex of the same manager that the calling
// thread holds, or a guard (unique_lock) of one; otherwise std::system_error is thrown
// (operation_not_permitted). A notification whose receiver dies goes to the next.
class managed_condition_variable : public detail::proxy {
 public:
  using proxy::proxy;

  void notify(std::size_t count = 1) const;
  void notify_one() const { notify(1); }
  void notify_all() const { notify(std::numeric_limits<std::size_t>::max()); }

  template <class Lock>
  void wait(const Lock& lock) const {
    static_cast<void>(wait_until(lock, deadline::never()));
  }
  template <class Lock>
  bool wait(const Lock& lock, const std::stop_token& stop) const {
    return wait_until(lock, deadline::never(), stop);
  }
  // False: a stop was requested, or the time was up, before it was notified. The lock is held
  // again in any case.
  template <class Lock>
  bool wait_until(const Lock& lock, deadline until, const std::stop_token& stop = {}) const {
    if constexpr (requires { lock.mutex(); }) {
      return sleep(*lock.mutex(), until, stop);
    } else {
      return sleep(lock, until, stop);
    }
  }
  template <class Lock, class Rep, class Period>
  bool wait_for(const Lock& lock, std::chrono::duration<Rep, Period> span,
                const std::stop_token& stop = {}) const {
    return wait_until(lock, deadline::in(span), stop);
  }

  template <class Lock, class Clock, class Duration>
  bool wait_until(const Lock& lock, std::chrono::time_point<Clock, Duration> time,
                  const std::stop_token& stop = {}) const {
    return wait_until(lock, deadline::at(time), stop);
  }

  // Until the predicate holds; what it says at the end.
  template <class Lock, class Predicate>
    requires std::predicate<Predicate&>
  void wait(const Lock& lock, Predicate done) const {
    while (!done()) wait(lock);
  }
  template <class Lock, class Predicate>
    requires std::predicate<Predicate&>
  bool wait(const Lock& lock, Predicate done, const std::stop_token& stop) const {
    return wait_until(lock, deadline::never(), std::move(done), stop);
  }
  template <class Lock, class Predicate>
    requires std::predicate<Predicate&>
  bool wait_until(const Lock& lock, deadline until, Predicate done,
                  const std::stop_token& stop = {}) const {
    while (!done()) {
      if (!wait_until(lock, until, stop)) return done();
    }
    return true;
  }
  template <class Lock, class Clock, class Duration, class Predicate>
    requires std::predicate<Predicate&>
  bool wait_until(const Lock& lock, std::chrono::time_point<Clock, Duration> time, Predicate done,
                  const std::stop_token& stop = {}) const {
    return wait_until(lock, deadline::at(time), std::move(done), stop);
  }
  template <class Lock, class Rep, class Period, class Predicate>
    requires std::predicate<Predicate&>
  bool wait_for(const Lock& lock, std::chrono::duration<Rep, Period> span, Predicate done,
                const std::stop_token& stop = {}) const {
    return wait_until(lock, deadline::in(span), std::move(done), stop);
  }

 private:
  bool sleep(const detail::managed_lock& lock, deadline until, const std::stop_token& stop) const;
};
// NOLINTEND(modernize-use-nodiscard)

}  // namespace par::inline PAR_ABI
