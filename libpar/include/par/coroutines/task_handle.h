// A task that a scheduler runs, without its result.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

#include "par/coroutines/routine_awaiters.h"
#include "par/coroutines/time_span.h"

namespace par::inline PAR_ABI {

namespace detail {
struct handle_access;
}

// Can be copied, and outlives the task and the scheduler. Used by the scheduler's thread. An empty
// one throws std::logic_error from every member but valid, assignment and comparison.
class task_handle {
 public:
  task_handle() noexcept = default;

  [[nodiscard]] bool valid() const noexcept { return routine_.get() != nullptr; }
  [[nodiscard]] const std::string& name() const { return checked().name(); }
  [[nodiscard]] bool done() const { return checked().ended(); }  // Returned, threw, was cancelled.
  [[nodiscard]] bool cancelled() const { return checked().cancelled(); }

  // co_await h.join(): until it has ended, however it does. To join oneself throws
  // std::system_error (resource_deadlock_would_occur).
  [[nodiscard]] auto join() const { return detail::joining(checked()); }
  // False: the time was up first. A span of zero or less only looks.
  template <class Rep, class Period>
  [[nodiscard]] auto join_for(std::chrono::duration<Rep, Period> span) const {
    return detail::joining_for(checked(), detail::to_span(span));
  }

  // Makes what the task awaits, or the next thing that it will, throw task_cancelled there. A task
  // that has not begun never will. One that catches it and goes on is not cancelled; it may be
  // asked again. False: it has ended already.
  bool cancel() const {  // NOLINT(modernize-use-nodiscard): often of no interest.
    return checked().cancel();
  }

  friend bool operator==(const task_handle& a, const task_handle& b) noexcept {
    return a.routine_.get() == b.routine_.get();
  }

 protected:
  explicit task_handle(detail::routine& of) noexcept : routine_(&of) { of.acquire(); }

  [[nodiscard]] detail::routine& checked() const {
    if (!valid()) throw std::logic_error("empty task handle");
    return *routine_.get();
  }

 private:
  friend struct detail::handle_access;

  detail::state_ref<detail::routine> routine_;
};

namespace detail {

struct handle_access {
  static task_handle of(routine& which) noexcept { return task_handle(which); }
  static routine& routine_of(const task_handle& handle) { return handle.checked(); }
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
