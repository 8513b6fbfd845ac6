// A point that a fixed number of processes pass together, again and again.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/locks/barrier.h"  // barrier_errc, broken_barrier
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI::ipc {

// A handle: copies, also those sent to other processes, are the same barrier. Thread-safe; as a
// value, not. The last of `parties` to arrive runs the action, if there is one, and then all pass.
// Each gets its place in the order of arrival, 0 to parties - 1. What they did before is seen by
// the action, and what the action did by all.
//
// It breaks as par::barrier does, and also if one that waits, or runs the action, dies: the others
// are told within 10 ms. Then all who wait, and all who come, fail until reset(). A round is
// decided when its last party arrives; if that one dies, or its action throws, the round fails
// after all.
class barrier : public detail::shared_handle {
 public:
  using action = void (*)();

  // None, to be received into: all but that throws std::logic_error.
  barrier() noexcept : shared_handle(detail::shared_kind::barrier) {}

  // The action runs in the process of the last party. Throws std::invalid_argument if there are no
  // parties, or as shared_memory does.
  explicit barrier(std::size_t parties, action run = nullptr);

  // NOLINTBEGIN(modernize-use-nodiscard): also called for what it does alone.
  // Throws broken_barrier; what the action throws, where it ran. All waits throw std::system_error
  // (resource_unavailable_try_again) if far more wait than `parties`.
  std::size_t wait() const;

  // Passes if all others are waiting already; otherwise leaves everything as it was.
  expected<std::size_t, barrier_errc> try_wait() const;

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
  // NOLINTEND(modernize-use-nodiscard)

  void abort() const;  // Breaks it.
  void reset() const;  // Mends it; those who wait fail as with a broken one.

  [[nodiscard]] std::size_t parties() const;
  [[nodiscard]] std::size_t waiting() const;  // How many wait now.
  [[nodiscard]] bool broken() const;

  void save(parcel_writer& to) const;
  void load(parcel_reader& from);

 private:
  struct shared_state;

  std::size_t complete(shared_state& all, std::size_t slot) const;

  action action_ = nullptr;
};

}  // namespace par::inline PAR_ABI::ipc
