// A number of permits, of which threads of all processes take one, or wait for one.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI::ipc {

// A handle: copies, also those sent to other processes, are the same semaphore. Thread-safe; as a
// value, not. Who waits longest has no precedence. What was done before release() is seen by the
// one that gets the permit.
//
// A permit has no owner: those of a process that died are gone until somebody releases them. But
// wherever it dies, also within these calls, the others go on: a permit that was released is taken
// by one of those who live.
class semaphore : public detail::shared_handle {
 public:
  static constexpr std::size_t max() noexcept { return 0x3fff'ffff; }

  // Throws std::invalid_argument if there are more than max(), or as shared_memory does.
  semaphore() : semaphore(1) {}
  explicit semaphore(std::size_t permits) : semaphore(permits, max()) {}

  void acquire() const { static_cast<void>(take(deadline::never(), {})); }
  [[nodiscard]] bool try_acquire() const;

  // False: a stop was requested first.
  [[nodiscard]] bool acquire(const std::stop_token& stop) const {
    return take(deadline::never(), stop);
  }

  // False: the time was up, or a stop was requested, first.
  template <class Rep, class Period>
  [[nodiscard]] bool try_acquire_for(std::chrono::duration<Rep, Period> span,
                                     const std::stop_token& stop = {}) const {
    return take(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_acquire_until(std::chrono::time_point<Clock, Duration> time,
                                       const std::stop_token& stop = {}) const {
    return take(deadline::at(time), stop);
  }
  [[nodiscard]] bool try_acquire_until(deadline until, const std::stop_token& stop = {}) const {
    return take(until, stop);
  }

  // Throws std::system_error (value_too_large), and releases nothing, if more than max() would be
  // free; of bounded_semaphore: more than it began with. Of two processes that release too much in
  // the same moment, as with Python's, maybe only one notices.
  void release(std::size_t permits = 1) const;

  [[nodiscard]] std::size_t free() const;  // How many permits, now.

 protected:
  semaphore(std::size_t permits, std::size_t bound);

 private:
  struct shared_state;

  [[nodiscard]] bool take(deadline until, const std::stop_token& stop) const;
};

// As semaphore, but notices when more is given back than was taken.
class bounded_semaphore : public semaphore {
 public:
  bounded_semaphore() : bounded_semaphore(1) {}
  explicit bounded_semaphore(std::size_t permits) : semaphore(permits, permits) {}
};

}  // namespace par::inline PAR_ABI::ipc
