// Barriers in a manager's process.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/locks/barrier.h"
#include "par/processes/manager/proxy.h"

namespace par::inline PAR_ABI {

// NOLINTBEGIN(modernize-use-nodiscard): const handles, but things happen behind them.

// Handle of a barrier, see manager.h. As par::barrier, without an action; one who dies while he
// waits breaks it for all.
class managed_barrier : public detail::proxy {
 public:
  using proxy::proxy;

  // The place in the order of arrival. Throws broken_barrier.
  std::size_t wait() const;
  expected<std::size_t, barrier_errc> wait(const std::stop_token& stop) const {
    return wait_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  expected<std::size_t, barrier_errc> wait_for(std::chrono::duration<Rep, Period> span,
                                               const std::stop_token& stop = {}) const {
    return wait_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  expected<std::size_t, barrier_errc> wait_until(std::chrono::time_point<Clock, Duration> time,
                                                 const std::stop_token& stop = {}) const {
    return wait_until(deadline::at(time), stop);
  }
  expected<std::size_t, barrier_errc> wait_until(deadline until,
                                                 const std::stop_token& stop = {}) const;

  void abort() const;
  void reset() const;

  [[nodiscard]] std::size_t parties() const;
  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] bool broken() const;
};
// NOLINTEND(modernize-use-nodiscard)

}  // namespace par::inline PAR_ABI
