// A place to wait, with a lock given back meanwhile, until another thread notifies.
//
//   par::mutex guard;
//   par::condition_variable ready;
//   ...
//   par::unique_lock lock(guard);
//   ready.wait(lock, [&] { return !items.empty(); });
//
// Unlike std's: notify(n) wakes exactly n of those that wait now, in the order in which they came,
// and a wait without a predicate never returns for no reason. Works with any BasicLockable; of a
// par::recursive_mutex, or a lock that holds one, every level is given back and taken again.
#pragma once

#include <chrono>
#include <condition_variable>  // std::cv_status
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/locks/give_back.h"
#include "par/locks/lock_guard.h"
#include "par/locks/wait_list.h"

namespace par::inline PAR_ABI {

// Thread-safe. Notifying needs no lock held. May be destroyed as soon as every waiter has been
// notified, even if some have not yet returned.
class condition_variable {
 public:
  condition_variable() noexcept = default;
  condition_variable(const condition_variable&) = delete;
  condition_variable& operator=(const condition_variable&) = delete;

  // Wakes the `count` threads that have waited longest, or all if there are fewer.
  void notify(std::size_t count = 1) noexcept;
  void notify_one() noexcept { notify(1); }
  void notify_all() noexcept { notify(static_cast<std::size_t>(-1)); }

  // REQUIRES of every wait: the calling thread holds `lock`. It holds it again on return, also when
  // a predicate throws. If giving the lock back throws, the wait does, and nothing has happened.
  template <class Lock>
  void wait(Lock& lock) {
    sleep(lock, deadline::never(), {});
  }

  template <class Lock, class Rep, class Period>
  std::cv_status wait_for(Lock& lock, std::chrono::duration<Rep, Period> span) {
    return wait_until(lock, deadline::in(span));
  }

  template <class Lock, class Clock, class Duration>
  std::cv_status wait_until(Lock& lock, std::chrono::time_point<Clock, Duration> time) {
    return wait_until(lock, deadline::at(time));
  }

  template <class Lock>
  std::cv_status wait_until(Lock& lock, deadline until) {
    return sleep(lock, until, {}) ? std::cv_status::no_timeout : std::cv_status::timeout;
  }

  // These also end when a stop is requested; true if notified.
  template <class Lock>
  bool wait(Lock& lock, const std::stop_token& stop) {
    return sleep(lock, deadline::never(), stop);
  }

  template <class Lock, class Rep, class Period>
  bool wait_for(Lock& lock, const std::stop_token& stop, std::chrono::duration<Rep, Period> span) {
    return sleep(lock, deadline::in(span), stop);
  }

  template <class Lock, class Clock, class Duration>
  bool wait_until(Lock& lock, const std::stop_token& stop,
                  std::chrono::time_point<Clock, Duration> time) {
    return sleep(lock, deadline::at(time), stop);
  }

  template <class Lock>
  bool wait_until(Lock& lock, const std::stop_token& stop, deadline until) {
    return sleep(lock, until, stop);
  }

  // With a predicate: until it holds. The timed and stoppable ones return what it says at the end.
  template <class Lock, class Predicate>
  void wait(Lock& lock, Predicate done) {
    while (!done()) wait(lock);
  }

  template <class Lock, class Rep, class Period, class Predicate>
  bool wait_for(Lock& lock, std::chrono::duration<Rep, Period> span, Predicate done) {
    return wait_until(lock, deadline::in(span), done);
  }

  template <class Lock, class Clock, class Duration, class Predicate>
  bool wait_until(Lock& lock, std::chrono::time_point<Clock, Duration> time, Predicate done) {
    return wait_until(lock, deadline::at(time), done);
  }

  template <class Lock, class Predicate>
  bool wait_until(Lock& lock, deadline until, Predicate done) {
    return wait_until(lock, std::stop_token(), until, done);
  }

  template <class Lock, class Predicate>
  bool wait(Lock& lock, const std::stop_token& stop, Predicate done) {
    return wait_until(lock, stop, deadline::never(), done);
  }

  template <class Lock, class Rep, class Period, class Predicate>
  bool wait_for(Lock& lock, const std::stop_token& stop, std::chrono::duration<Rep, Period> span,
                Predicate done) {
    return wait_until(lock, stop, deadline::in(span), done);
  }

  template <class Lock, class Clock, class Duration, class Predicate>
  bool wait_until(Lock& lock, const std::stop_token& stop,
                  std::chrono::time_point<Clock, Duration> time, Predicate done) {
    return wait_until(lock, stop, deadline::at(time), done);
  }

  template <class Lock, class Predicate>
  bool wait_until(Lock& lock, const std::stop_token& stop, deadline until, Predicate done) {
    while (!done()) {
      if (!sleep(lock, until, stop)) return done();
    }
    return true;
  }

 private:
  // True: notified. The lock is given back in between, which the analysis takes for a mistake.
  template <class Lock>
  bool sleep(Lock& lock, deadline until,
             const std::stop_token& stop) PAR_NO_THREAD_SAFETY_ANALYSIS {
    detail::waiter self;
    enlist(self);
    const auto held = [&] {
      try {
        return detail::give_back(lock);
      } catch (...) {
        if (!waiters_.leave(self)) pass_on(self);
        throw;
      }
    }();
    const auto why = waiters_.sleep(self, until, stop);
    detail::take_again(lock, held);
    return why == detail::wake_reason::chosen;
  }

  void enlist(detail::waiter& self) noexcept;
  void pass_on(detail::waiter& self) noexcept;  // Its notification, to the next.

  detail::wait_list waiters_;
};

}  // namespace par::inline PAR_ABI
