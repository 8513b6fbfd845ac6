// A place to wait, with a lock given back meanwhile, until another process notifies.
//
//   std::unique_lock lock(guard);  // of a par::ipc::mutex
//   ready.wait(lock, [&] { return *items > 0; });
//
// As par::condition_variable: notify(n) wakes exactly n of those that wait now, in the order in
// which they came, and a wait without a predicate never returns for no reason. Of an
// ipc::recursive_mutex every level is given back and taken again.
#pragma once

#include <chrono>
#include <concepts>
#include <condition_variable>  // std::cv_status
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/locks/give_back.h"
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI::ipc {

// A handle: copies, also those sent to other processes, are the same. Thread-safe; as a value, not.
// Notifying needs no lock held. One who died waiting takes no notification from the others; one
// that is killed while it notifies many may have notified some.
class condition_variable : public detail::shared_handle {
 public:
  static constexpr std::size_t most_waiters = 256;  // At one time.

  condition_variable();  // Throws as shared_memory does.

  // Wakes the `count` that have waited longest, or all if there are fewer.
  void notify(std::size_t count = 1) const;
  void notify_one() const { notify(1); }
  void notify_all() const { notify(static_cast<std::size_t>(-1)); }

  // REQUIRES of every wait: the calling thread holds `lock`. It holds it again on return, also when
  // a predicate throws; but not if taking it again throws, as it does when another process died
  // with it (owner_died). If giving the lock back throws, nothing has happened; nor has it if too
  // many wait: std::system_error (resource_unavailable_try_again).
  template <class Lock>
  void wait(Lock& lock) const {
    sleep(lock, deadline::never(), {});
  }

  // True if notified; false: a stop was requested.
  template <class Lock>
  bool wait(Lock& lock, const std::stop_token& stop) const {
    return sleep(lock, deadline::never(), stop);
  }

  template <class Lock, class Rep, class Period>
  std::cv_status wait_for(Lock& lock, std::chrono::duration<Rep, Period> span) const {
    return wait_until(lock, deadline::in(span));
  }
  template <class Lock, class Clock, class Duration>
  std::cv_status wait_until(Lock& lock, std::chrono::time_point<Clock, Duration> time) const {
    return wait_until(lock, deadline::at(time));
  }
  template <class Lock>
  std::cv_status wait_until(Lock& lock, deadline until) const {
    return sleep(lock, until, {}) ? std::cv_status::no_timeout : std::cv_status::timeout;
  }

  // With a predicate: until it holds. The timed and stoppable ones return what it says at the end.
  template <class Lock, class Predicate>
    requires std::predicate<Predicate&>
  void wait(Lock& lock, Predicate done) const {
    while (!done()) wait(lock);
  }
  template <class Lock, class Predicate>
  bool wait(Lock& lock, const std::stop_token& stop, Predicate done) const {
    return wait_until(lock, deadline::never(), done, stop);
  }
  template <class Lock, class Rep, class Period, class Predicate>
  bool wait_for(Lock& lock, std::chrono::duration<Rep, Period> span, Predicate done,
                const std::stop_token& stop = {}) const {
    return wait_until(lock, deadline::in(span), done, stop);
  }
  template <class Lock, class Clock, class Duration, class Predicate>
  bool wait_until(Lock& lock, std::chrono::time_point<Clock, Duration> time, Predicate done,
                  const std::stop_token& stop = {}) const {
    return wait_until(lock, deadline::at(time), done, stop);
  }
  template <class Lock, class Predicate>
  bool wait_until(Lock& lock, deadline until, Predicate done,
                  const std::stop_token& stop = {}) const {
    while (!done()) {
      if (!sleep(lock, until, stop)) return done();
    }
    return true;
  }

 private:
  struct shared_state;

  // True: notified. The lock is given back in between, which the analysis takes for a mistake.
  template <class Lock>
  bool sleep(Lock& lock, deadline until,
             const std::stop_token& stop) const PAR_NO_THREAD_SAFETY_ANALYSIS {
    const std::size_t self = enlist();
    const std::size_t held = [&] {
      try {
        return detail::give_back(lock);
      } catch (...) {
        withdraw(self);
        throw;
      }
    }();
    const bool notified = await(self, until, stop);
    take_again(lock, held);
    return notified;
  }

  // A guard that holds all levels says that it owns the lock even now, which a throw makes untrue.
  template <class Lock>
  static void take_again(Lock& lock, std::size_t held) PAR_NO_THREAD_SAFETY_ANALYSIS {
    try {
      detail::take_again(lock, held);
    } catch (...) {
      if constexpr (detail::holds_levelled<Lock>) static_cast<void>(lock.release());
      throw;
    }
  }

  [[nodiscard]] std::size_t enlist() const;
  [[nodiscard]] bool await(std::size_t self, deadline until, const std::stop_token& stop) const;
  void withdraw(std::size_t self) const;  // Its notification, if there is one, goes to the next.
};

}  // namespace par::inline PAR_ABI::ipc
