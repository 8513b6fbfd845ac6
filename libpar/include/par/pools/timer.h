// A call after a delay, which can be called off.
//
//   par::timer reminder(30s, [&] { bell.ring(); });
//   ...
//   if (reminder.cancel()) ...  // In time: the bell will not ring.
#pragma once

#include <chrono>
#include <concepts>
#include <memory>
#include <stop_token>
#include <utility>

#include "par/base/deadline.h"
#include "par/base/unique_function.h"

namespace par::inline PAR_ABI {

namespace detail {
struct timer_entry;
}

// All timers share one thread, which is there only while some are pending; a timer costs one
// allocation and no thread. Calls are made in order of their time, of equal times in order of
// making, one after the other: one that takes long belongs into a thread_pool, which the call can
// post it to. What a call throws is treated as that of any thread
// (par/pools/thread_exception_hook.h); the other timers go on.
//
// Pending timers do not keep the process from exiting, and a child of fork() has none of them:
// there they are over. One owner; but wait() and cancel() are thread-safe.
class timer {
 public:
  timer() noexcept = default;  // None: over.

  // Throws std::system_error if there is no thread and none can be had.
  template <std::invocable F>
  timer(deadline when, F f) {
    start(when, [f = std::move(f)]() mutable { static_cast<void>(f()); });
  }
  template <class Rep, class Period, std::invocable F>
  timer(std::chrono::duration<Rep, Period> delay, F f) : timer(deadline::in(delay), std::move(f)) {}
  template <class Clock, class Duration, std::invocable F>
  timer(std::chrono::time_point<Clock, Duration> time, F f)
      : timer(deadline::at(time), std::move(f)) {}

  ~timer();  // Cancels it, or, unless called by the call itself, waits for the call to end.
  timer(timer&&) noexcept = default;
  timer& operator=(timer&& other) noexcept;

  // True: in time; the function will not be called, and is destroyed. False: it has been called, is
  // being called, or was cancelled before. Does not wait.
  bool cancel() noexcept;

  // The call has ended, or was cancelled.
  [[nodiscard]] bool is_over() const noexcept;

  // Until it is over. To wait for it within its own call throws std::system_error
  // (resource_deadlock_would_occur).
  void wait() const { static_cast<void>(wait_until(deadline::never())); }
  // False: a stop was requested, or the time was up, first.
  [[nodiscard]] bool wait(const std::stop_token& stop) const {
    return wait_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  [[nodiscard]] bool wait_for(std::chrono::duration<Rep, Period> span,
                              const std::stop_token& stop = {}) const {
    return wait_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool wait_until(std::chrono::time_point<Clock, Duration> time,
                                const std::stop_token& stop = {}) const {
    return wait_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool wait_until(deadline until, const std::stop_token& stop = {}) const;

 private:
  void start(deadline when, unique_function<void()> call);

  std::shared_ptr<detail::timer_entry> entry_;
};

}  // namespace par::inline PAR_ABI
