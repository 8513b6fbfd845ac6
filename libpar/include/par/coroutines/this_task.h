// What a task says to the scheduler that runs it, as std::this_thread does for threads.
#pragma once

#include <chrono>
#include <type_traits>

#include "par/coroutines/routine_awaiters.h"
#include "par/coroutines/task_handle.h"
#include "par/coroutines/time_span.h"

// All throw std::logic_error outside of scheduled tasks, and whatever is awaited throws
// task_cancelled if the task is cancelled meanwhile (task_handle::cancel).
namespace par::inline PAR_ABI::this_task {

// The one that calls this.
[[nodiscard]] inline task_handle handle() {
  return detail::handle_access::of(detail::routine::current());
}

// co_await yield(): the others that are ready have a turn first.
[[nodiscard]] inline auto yield() noexcept {
  return detail::yielding();
}

// co_await sleep_for(10ms). Those whose time is the same go on in the order in which they began to
// sleep; a span of zero or less is a yield.
template <class Rep, class Period>
[[nodiscard]] auto sleep_for(std::chrono::duration<Rep, Period> span) {
  return detail::sleeping_for(detail::to_span(span));
}

// A time of the steady clock is one of the scheduler's clock; that of another is translated by what
// is left now.
template <class Clock, class Duration>
[[nodiscard]] auto sleep_until(std::chrono::time_point<Clock, Duration> time) {
  const auto since_epoch = detail::to_span(time.time_since_epoch());
  if constexpr (std::is_same_v<Clock, deadline::clock>) {
    return detail::sleeping_until(deadline::clock::time_point(since_epoch));
  } else {
    return sleep_for(since_epoch - Clock::now().time_since_epoch());
  }
}

}  // namespace par::inline PAR_ABI::this_task
