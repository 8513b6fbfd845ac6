// What a thread is known by: its name, its numbers, whether it is alive.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "par/base/deadline.h"

namespace par::inline PAR_ABI {

namespace detail {
struct thread_state;
}

// Names a thread and stays valid when it has ended; copies name the same one. Thread-safe. In the
// child of a fork() every thread but the one that forked has ended.
class thread_handle {
 public:
  // Whole, as it was given.
  [[nodiscard]] std::string name() const;

  // The system is told as well, and shows the first 15 bytes (if /proc is there to tell it by). Of
  // the main thread that is what ps shows as the command.
  void set_name(const std::string& name) const;

  // Counted up from 1 for each thread that is started or asks for its handle; never given out again
  // in this process.
  [[nodiscard]] std::uint64_t ident() const noexcept;

  // The kernel's number, as in top and /proc; given out again when the thread is gone. Waits the
  // moment until a new thread has got it; 0 of one that was never started.
  [[nodiscard]] pid_t native_id() const noexcept;

  // Not waited for when the process exits.
  [[nodiscard]] bool daemon() const noexcept;

  // From start until its function has returned and what that captured is destroyed.
  [[nodiscard]] bool is_alive() const noexcept;

  // Until it is not alive; at once if it never was. To wait for the calling thread throws
  // std::system_error (resource_deadlock_would_occur).
  void wait() const { static_cast<void>(wait_until(deadline::never())); }

  // False: a stop was requested first.
  [[nodiscard]] bool wait(const std::stop_token& stop) const {
    return wait_until(deadline::never(), stop);
  }
  // False: the time was up, or a stop was requested, first.
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

  friend bool operator==(const thread_handle&, const thread_handle&) noexcept = default;

 private:
  friend class thread;
  friend struct detail::thread_state;
  explicit thread_handle(std::shared_ptr<detail::thread_state> state) : state_(std::move(state)) {}

  std::shared_ptr<detail::thread_state> state_;
};

}  // namespace par::inline PAR_ABI
