// A queue between processes that knows how many of its items have been dealt with.
#pragma once

#include <chrono>
#include <stop_token>

#include "par/processes/ipc/queue.h"

namespace par::inline PAR_ABI::ipc {

// An item that a process had taken when it was killed stays unfinished, since nobody knows how far
// it was dealt with: join() waits for it until somebody else says task_done() in its stead.
template <class T>
class joinable_queue : public queue<T> {
 public:
  using queue<T>::queue;

  // Says that an item taken earlier has been dealt with. Throws std::logic_error if called more
  // often than items were put.
  void task_done() const { this->messages().task_done(); }

  // Waits until every item that was put has been marked by task_done or dropped by close.
  void join() const { static_cast<void>(this->messages().join(detail::patience::endlessly())); }

  // Fails as timeout, at once.
  [[nodiscard]] expected<void, queue_errc> try_join() const {
    return this->messages().join(detail::patience::none());
  }

  // Fail as timeout.
  template <class Rep, class Period>
  [[nodiscard]] expected<void, queue_errc> join_for(std::chrono::duration<Rep, Period> span) const {
    return this->messages().join(detail::patience::limited(deadline::in(span)));
  }
  template <class Clock, class Duration>
  [[nodiscard]] expected<void, queue_errc> join_until(
      std::chrono::time_point<Clock, Duration> time) const {
    return this->messages().join(detail::patience::limited(deadline::at(time)));
  }

  // Fails as stopped.
  [[nodiscard]] expected<void, queue_errc> join(const std::stop_token& stop) const {
    return this->messages().join(detail::patience::stoppable(stop));
  }
};

}  // namespace par::inline PAR_ABI::ipc
