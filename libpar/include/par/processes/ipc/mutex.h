// A mutual-exclusion lock between processes.
//
//   par::ipc::mutex guard;
//   par::process child = par::process::fork([guard] {
//     const std::lock_guard lock(guard);
//     ...
//   });
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/thread_safety.h"
#include "par/processes/ipc/owner_died.h"
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI::ipc {

// A handle: copies, also those sent to other processes, are the same lock. Thread-safe; as a value,
// not. Meets TimedLockable, so the guards of std and par/locks/lock_guard.h work with it. Not
// recursive, not fair. Unlocking one that the calling process does not hold throws
// std::system_error (operation_not_permitted).
//
// If a process dies while it holds it, whoever waits or comes gets owner_died within 10 ms, until
// recover(). The child of a fork does not hold what its parent holds. All processes must see one
// another by the same numbers.
class PAR_CAPABILITY("mutex") mutex : public detail::shared_handle {
 public:
  mutex();  // Throws as shared_memory does.

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

  // Waits like lock() and takes it, also from a process that died: then true, and the caller puts
  // right what it guards. False: there was nothing to mend, or another process was quicker.
  bool recover() const PAR_ACQUIRE();  // NOLINT(modernize-use-nodiscard)

  void unlock() const PAR_RELEASE();

 private:
  struct shared_state;
};

}  // namespace par::inline PAR_ABI::ipc
