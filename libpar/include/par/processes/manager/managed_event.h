// Events in a manager's process.
#pragma once

#include <chrono>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/processes/manager/proxy.h"

namespace par::inline PAR_ABI {

// NOLINTBEGIN(modernize-use-nodiscard): const handles, but things happen behind them.

// Handle of an event, see manager.h. As par::event: who waits when it is set returns, also if it is
// cleared at once.
class managed_event : public detail::proxy {
 public:
  using proxy::proxy;

  void set() const;
  void clear() const;
  [[nodiscard]] bool is_set() const;

  void wait() const { static_cast<void>(wait_until(deadline::never())); }
  // False: a stop was requested, or the time was up, first.
  bool wait(const std::stop_token& stop) const { return wait_until(deadline::never(), stop); }
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
};
// NOLINTEND(modernize-use-nodiscard)

}  // namespace par::inline PAR_ABI
