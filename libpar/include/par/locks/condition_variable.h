// A place to wait, with a lock given back meanwhile, until another thread notifies.
//
//   par::mutex guard;
//   par::condition_variable ready;
//   ...
//   par::unique_lock lock(guard);
//   ready.wait(lock, [&] { return !items.empty(); });
//
// Unlike std's: notify(n) wakes exactly n of those that wait now, in the order in which they came,
// and a wait without a predicate never returns for no reason. Works with any BasicLockable.
#pragma once

#include <chrono>
#include <condition_variable>  // std::cv_status
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

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
  // a predicate throws.
  template <class Lock>
  void wait(Lock& lock) {
    wait_until_deadline(lock, deadline::never());
  }

  template <class Lock, class Predicate>
  void wait(Lock& lock, Predicate done) {
    while (!done()) wait(lock);
  }

  template <class Lock, class Rep, class Period>
  std::cv_status wait_for(Lock& lock, std::chrono::duration<Rep, Period> span) {
    return wait_until_deadline(lock, deadline::in(span));
  }

  template <class Lock, class Clock, class Duration>
  std::cv_status wait_until(Lock& lock, std::chrono::time_point<Clock, Duration> time) {
    return wait_until_deadline(lock, deadline::at(time));
  }

  // These return what the predicate says at the end.
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
    while (!done()) {
      if (wait_until_deadline(lock, until) == std::cv_status::timeout) return done();
    }
    return true;
  }

  // Also ends when a stop is requested; what the predicate says then is returned.
  template <class Lock, class Predicate>
  bool wait(Lock& lock, const std::stop_token& stop, Predicate done) {
    return wait_until(lock, stop, deadline::never(), done);
  }

  template <class Lock, class Rep, class Period, class Predicate>
  bool wait_for(Lock& lock, const std::stop_token& stop, std::chrono::duration<Rep, Period> span,
                Predicate done) {
    return wait_until(lock, stop, deadline::in(span), done);
  }

  template <class Lock, class Predicate>
  bool wait_until(Lock& lock, const std::stop_token& stop, deadline until, Predicate done) {
    while (!done()) {
      if (stop.stop_requested()) return false;
      if (wait_until_stop(lock, stop, until) == std::cv_status::timeout) return done();
    }
    return true;
  }

 private:
  // One waiting thread, on its own stack, linked into the list while it waits.
  struct waiter {
    detail::atomic<std::uint32_t> woken{0};  // 0 or 1; the futex it sleeps on.
    bool listed = true;                      // Guarded by guard_. Once off, woken is sure to come.
    waiter* previous = nullptr;
    waiter* next = nullptr;
  };

  // The lock is given back in between, which the analysis takes for a mistake.
  template <class Lock>
  std::cv_status wait_until_deadline(Lock& lock, deadline until) PAR_NO_THREAD_SAFETY_ANALYSIS {
    waiter self;
    enlist(self);
    lock.unlock();
    const bool woken = sleep(self, until);
    lock.lock();
    return woken ? std::cv_status::no_timeout : std::cv_status::timeout;
  }

  template <class Lock>
  std::cv_status wait_until_stop(Lock& lock, const std::stop_token& stop,
                                 deadline until) PAR_NO_THREAD_SAFETY_ANALYSIS {
    waiter self;
    enlist(self);
    lock.unlock();
    bool woken;
    {
      // Runs at once, here, if the stop was requested before.
      const std::stop_callback wake_on_stop(stop, [&] { wake_one(self); });
      woken = sleep(self, until);
    }
    lock.lock();
    return woken ? std::cv_status::no_timeout : std::cv_status::timeout;
  }

  void enlist(waiter& self) noexcept;
  bool sleep(waiter& self, deadline until) noexcept;  // False: timed out before being chosen.
  void wake_one(waiter& self) noexcept;               // If it still waits.
  bool unlist(waiter& self) noexcept;                 // False: it was chosen before.
  static void wake(waiter& self) noexcept;

  mutex guard_;
  waiter* first_ PAR_GUARDED_BY(guard_) = nullptr;
  waiter* last_ PAR_GUARDED_BY(guard_) = nullptr;
};

}  // namespace par::inline PAR_ABI
