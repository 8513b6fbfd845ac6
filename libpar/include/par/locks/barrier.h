// A point that a fixed number of threads pass together, again and again.
#pragma once

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/base/unique_function.h"
#include "par/locks/wait_list.h"

namespace par::inline PAR_ABI {

enum class barrier_errc {
  broken,      // By abort(), reset(), a failed action, or another's time-out or stop.
  timeout,     // This thread's time was up, which broke the barrier for all.
  stopped,     // This thread was asked to stop, which broke the barrier for all.
  incomplete,  // try_wait(): others are still to come.
};

class broken_barrier : public std::runtime_error {
 public:
  broken_barrier() : std::runtime_error("barrier is broken") {}
};

// Thread-safe. The last of `parties` threads to arrive runs the action, if there is one, and then
// all pass. Each gets its place in the order of arrival, 0 to parties - 1, so that one can be told
// from the rest. What they did before is seen by the action, and what the action did by all.
//
// Unlike std::barrier it can break: then all who wait, and all who come, fail until reset(). A
// round is decided when its last thread arrives: from then on neither time nor stop, abort() nor
// reset() concerns it. The action runs without a lock held; if more threads than `parties` use the
// barrier, the actions of two rounds may overlap. If it throws, the barrier breaks and the wait
// that ran it throws the same.
//
// May be destroyed as soon as one thread has passed the last round.
class barrier {
 public:
  // Throws std::invalid_argument if there are no parties.
  explicit barrier(std::size_t parties, unique_function<void()> action = {});
  barrier(const barrier&) = delete;
  barrier& operator=(const barrier&) = delete;

  // Throws broken_barrier.
  std::size_t wait();

  // Passes if all others are waiting already; otherwise leaves everything as it was.
  expected<std::size_t, barrier_errc> try_wait();

  expected<std::size_t, barrier_errc> wait(const std::stop_token& stop) {
    return wait_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  expected<std::size_t, barrier_errc> wait_for(std::chrono::duration<Rep, Period> span,
                                               const std::stop_token& stop = {}) {
    return wait_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  expected<std::size_t, barrier_errc> wait_until(std::chrono::time_point<Clock, Duration> time,
                                                 const std::stop_token& stop = {}) {
    return wait_until(deadline::at(time), stop);
  }
  expected<std::size_t, barrier_errc> wait_until(deadline until, const std::stop_token& stop = {});

  void abort();  // Breaks it.
  void reset();  // Mends it; those who wait fail as with a broken one.

  [[nodiscard]] std::size_t parties() const noexcept { return parties_; }
  [[nodiscard]] std::size_t waiting() const;  // How many wait now.
  [[nodiscard]] bool broken() const;

 private:
  struct arrival;  // What a thread found when it came.

  arrival arrive(detail::waiter& self, bool may_wait);
  void complete(detail::waiter* others);
  bool break_for(detail::waiter& self);
  void release_broken(bool stays_broken);

  const std::size_t parties_;
  unique_function<void()> action_;  // Run by one thread of each round.
  mutable detail::wait_list waiters_;
  bool broken_ PAR_GUARDED_BY(waiters_.guard) = false;
};

}  // namespace par::inline PAR_ABI
