// What future and shared_future have in common: everything but the result.
#pragma once

#include <chrono>
#include <exception>
#include <future>  // std::future_error
#include <stop_token>
#include <utility>

#include "par/base/expected.h"
#include "par/pools/callback.h"
#include "par/pools/future_errc.h"
#include "par/pools/future_state.h"

namespace par::inline PAR_ABI {

// One thread uses one future at a time; the task it stands for may run anywhere. Every member but
// valid, the destructor and assignment REQUIRES valid(), else std::future_error (no_state).
class future_base;

namespace detail {
struct future_access;
}

class future_base {
 public:
  [[nodiscard]] bool valid() const noexcept { return state_.get() != nullptr; }

  // Waits until the task has returned, thrown or been cancelled. Called by a task, it runs the
  // awaited one here if that has not begun, so tasks that wait for tasks need no spare thread.
  void wait() const { checked().wait(); }

  // False if the time is up, or a stop is requested, first. These never run the task here: they
  // could not keep their time.
  template <class Rep, class Period>
  [[nodiscard]] bool wait_for(std::chrono::duration<Rep, Period> span) const {
    return checked().wait_until(deadline::in(span));
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool wait_until(std::chrono::time_point<Clock, Duration> time) const {
    return checked().wait_until(deadline::at(time));
  }
  [[nodiscard]] bool wait(const std::stop_token& stop) const {
    return checked().wait_until(deadline::never(), stop);
  }

  // True if it had not begun, and now never will.
  bool cancel() { return checked().cancel(); }

  [[nodiscard]] bool done() const { return checked().done(); }  // Returned, threw or was cancelled.
  [[nodiscard]] bool running() const { return checked().running(); }
  [[nodiscard]] bool cancelled() const { return checked().cancelled(); }

 protected:
  future_base() noexcept = default;
  explicit future_base(detail::state_ref<detail::future_state> state) noexcept
      : state_(std::move(state)) {}

  [[nodiscard]] detail::future_state& checked() const {
    if (!valid()) throw std::future_error(std::future_errc::no_state);
    return *state_.get();
  }

  // Waits as `wait_for_end` does, which tells whether the end came; else says why it did not.
  template <class Wait>
  [[nodiscard]] expected<void, future_errc> ended(future_errc otherwise, Wait wait_for_end) const {
    if (!wait_for_end(checked())) return unexpected<future_errc>(otherwise);
    if (checked().cancelled()) return unexpected<future_errc>(future_errc::cancelled);
    return {};
  }

  static auto until(deadline time) {
    return [time](detail::future_state& state) { return state.wait_until(time); };
  }
  static auto until(const std::stop_token& stop) {
    return
        [&stop](detail::future_state& state) { return state.wait_until(deadline::never(), stop); };
  }

  detail::state_ref<detail::future_state> state_;

 private:
  friend struct detail::future_access;
};

namespace detail {

// For wait and as_completed, which know nothing of results, and for who makes them elsewhere.
struct future_access {
  template <class Future, class State>
  static Future make(state_ref<State> state) {
    return Future(std::move(state));
  }
  static future_state& state(const future_base& of) { return of.checked(); }
  static bool has_exception(const future_base& of) { return of.checked().has_exception(); }
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
