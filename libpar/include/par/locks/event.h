// A flag that threads wait for.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/locks/wait_list.h"

namespace par::inline PAR_ABI {

// Thread-safe. set() releases all that wait then: they return true even if clear() follows before
// they run. What a thread did before set() is seen by those whom it releases, and by a thread whose
// clear() or is_set() finds the flag up.
//
// May be destroyed when every wait has returned, even if the set() that ended them has not: a wait
// on a local event is a safe way to be told that something is done.
class event {
 public:
  constexpr event() noexcept = default;  // Clear.
  event(const event&) = delete;
  event& operator=(const event&) = delete;

  void set();
  void clear() noexcept;

  [[nodiscard]] bool is_set() const noexcept {
    // Acquire: partner of the releases in set.
    return state_.load(std::memory_order_acquire) == up;
  }

  void wait() { wait_until(deadline::never()); }

  // False: a stop was requested first.
  bool wait(const std::stop_token& stop) { return wait_until(deadline::never(), stop); }

  // False: the time was up, or a stop was requested, first. (To try is to ask is_set().)
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> span, const std::stop_token& stop = {}) {
    return wait_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  bool wait_until(std::chrono::time_point<Clock, Duration> time, const std::stop_token& stop = {}) {
    return wait_until(deadline::at(time), stop);
  }
  bool wait_until(deadline until, const std::stop_token& stop = {}) {
    return is_set() || sleep(until, stop);
  }

 private:
  // The values of state_. It leaves `awaited` only under the list's guard.
  static constexpr std::uint32_t down = 0;
  static constexpr std::uint32_t up = 1;
  static constexpr std::uint32_t awaited = 2;  // Down, and threads may wait.

  bool release_waiters();  // False: there were none.
  bool enlist(detail::waiter& self);
  bool sleep(deadline until, const std::stop_token& stop);

  detail::atomic<std::uint32_t> state_{down};
  detail::wait_list waiters_;
};

}  // namespace par::inline PAR_ABI
