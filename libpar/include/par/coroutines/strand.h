// One line of control through coroutines that await, or switch to, one another.
#pragma once

#include <coroutine>
#include <exception>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

class fiber_state;
class scheduler_core;

// A coroutine never resumes another itself: it says who is next and suspends, which returns to the
// loop in go_on(). So the stack does not grow, however deep tasks await one another, and whether or
// not the compiler makes symmetric transfer a tail call (g++ 12 does only from -O2 on, and not
// under sanitizers). Used by one thread at a time.
class strand {
 public:
  strand() noexcept = default;  // Of no scheduler: its coroutines cannot sleep or wait.
  explicit strand(scheduler_core* home) noexcept : home_(home) {}
  strand(const strand&) = delete;
  strand& operator=(const strand&) = delete;

  // The one that runs on this thread now, the innermost if they are nested; null: none.
  [[nodiscard]] static strand* current() noexcept { return current_; }

  // Who is resumed when the coroutine that calls this has suspended; null: the loop ends.
  void set_next(std::coroutine_handle<> next) noexcept { next_ = next; }

  // Resumes it, and whoever is next, until a coroutine suspends that has named nobody.
  void go_on(std::coroutine_handle<> first) {
    const scope running(this);
    for (auto now = first; now != nullptr; now = std::exchange(next_, nullptr)) now.resume();
  }

  // For fibers: which of them runs, null for none; who goes on when one ends; what that one threw.
  [[nodiscard]] fiber_state* fiber() const noexcept { return fiber_; }
  void set_fiber(fiber_state* now) noexcept { fiber_ = now; }
  [[nodiscard]] std::coroutine_handle<> base() const noexcept { return base_; }
  void set_base(std::coroutine_handle<> base) noexcept { base_ = base; }
  void set_error(std::exception_ptr thrown) noexcept { error_ = std::move(thrown); }
  void throw_error() {
    if (error_ != nullptr) std::rethrow_exception(std::exchange(error_, nullptr));
  }

  // The scheduler whose routine this is; null: none.
  [[nodiscard]] scheduler_core* home() const noexcept { return home_; }

 protected:
  ~strand() = default;
  void forget_home() noexcept { home_ = nullptr; }

 private:
  class scope {
   public:
    explicit scope(strand* now) noexcept : outer_(std::exchange(current_, now)) {}
    ~scope() { current_ = outer_; }
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;

   private:
    strand* outer_;
  };

  static inline constinit thread_local strand* current_ = nullptr;

  std::coroutine_handle<> next_;
  scheduler_core* home_ = nullptr;
  fiber_state* fiber_ = nullptr;
  std::coroutine_handle<> base_;
  std::exception_ptr error_;
};

// One for as long as a call.
class local_strand final : public strand {};

}  // namespace par::inline PAR_ABI::detail
