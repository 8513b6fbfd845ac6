// A flag that processes wait for.
#pragma once

#include <chrono>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI::ipc {

// A handle: copies, also those sent to other processes, are the same event. Thread-safe; as a
// value, not. set() releases all that wait then: they return true even if clear() follows before
// they run. What was done before set() is seen by those whom it releases, and by those who find the
// flag up. Whoever dies wherever, the others go on: set() is done or not.
class event : public detail::shared_handle {
 public:
  event();  // Clear. Throws as shared_memory does.

  void set() const;
  void clear() const;
  [[nodiscard]] bool is_set() const;

  void wait() const { wait_until(deadline::never()); }

  // NOLINTBEGIN(modernize-use-nodiscard): also called for what it does alone.
  // False: a stop was requested first.
  bool wait(const std::stop_token& stop) const { return wait_until(deadline::never(), stop); }

  // False: the time was up, or a stop was requested, first. (To try is to ask is_set().)
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> span, const std::stop_token& stop = {}) const {
    return wait_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  bool wait_until(std::chrono::time_point<Clock, Duration> time,
                  const std::stop_token& stop = {}) const {
    return wait_until(deadline::at(time), stop);
  }
  bool wait_until(deadline until, const std::stop_token& stop = {}) const;
  // NOLINTEND(modernize-use-nodiscard)

 private:
  struct shared_state;
};

}  // namespace par::inline PAR_ABI::ipc
