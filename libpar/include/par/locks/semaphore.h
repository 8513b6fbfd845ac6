// A number of permits, of which each thread takes one, or waits for one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/locks/wait_list.h"

namespace par::inline PAR_ABI {

// Thread-safe. A permit released goes straight to whoever has waited longest: release(n) wakes
// exactly n, and no newcomer overtakes. Any thread may release. What a thread did before release()
// is seen by the one that gets the permit.
//
// May be destroyed when every permit released has been taken, even if release() has not returned.
class semaphore {
 public:
  static constexpr std::size_t max() noexcept { return 0x7fff'ffff; }

  // Throws std::invalid_argument if there are more than max().
  explicit semaphore(std::size_t permits = 1) : semaphore(permits, max()) {}
  semaphore(const semaphore&) = delete;
  semaphore& operator=(const semaphore&) = delete;

  void acquire() { take(deadline::never(), {}); }
  [[nodiscard]] bool try_acquire() noexcept;

  // False: a stop was requested first.
  [[nodiscard]] bool acquire(const std::stop_token& stop) { return take(deadline::never(), stop); }

  // False: the time was up, or a stop was requested, first.
  template <class Rep, class Period>
  [[nodiscard]] bool try_acquire_for(std::chrono::duration<Rep, Period> span,
                                     const std::stop_token& stop = {}) {
    return take(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_acquire_until(std::chrono::time_point<Clock, Duration> time,
                                       const std::stop_token& stop = {}) {
    return take(deadline::at(time), stop);
  }
  [[nodiscard]] bool try_acquire_until(deadline until, const std::stop_token& stop = {}) {
    return take(until, stop);
  }

  // Throws std::system_error (value_too_large), and releases nothing, if more than max() would be
  // free; of bounded_semaphore: more than it began with.
  void release(std::size_t permits = 1);

 protected:
  semaphore(std::size_t permits, std::size_t bound);

 private:
  // The values of state_: free permits, doubled; or `awaited`: none is free, and threads may wait.
  // It leaves `awaited` only under the list's guard.
  static constexpr std::uint32_t awaited = 1;

  bool take(deadline until, const std::stop_token& stop) {
    return try_acquire() || wait(until, stop);
  }
  bool wait(deadline until, const std::stop_token& stop);
  bool enlist_or_take(detail::waiter& self);   // True: it took one.
  std::size_t hand_over(std::size_t permits);  // How many were taken by waiters.
  void check_bound(std::size_t permits, std::size_t free) const;

  detail::atomic<std::uint32_t> state_;
  const std::uint32_t bound_;
  detail::wait_list waiters_;
};

}  // namespace par::inline PAR_ABI
