// What all fibers have in common: everything but what is handed over.
#pragma once

#include <coroutine>

#include "par/coroutines/strand.h"
#include "par/coroutines/task.h"

namespace par::inline PAR_ABI::detail {

class fiber_state {
 public:
  fiber_state() noexcept = default;
  fiber_state(const fiber_state&) = delete;
  fiber_state& operator=(const fiber_state&) = delete;

  // Its body, which begins at the first switch; one that it has had is destroyed. Throws
  // std::logic_error while that runs.
  void bind(task<> body);

  [[nodiscard]] bool done() const noexcept { return done_; }  // The body has returned or thrown.

 protected:
  ~fiber_state() = default;
  void check_can_go_on() const;  // Throws std::logic_error.
  void run_here();

 private:
  friend class switching;
  friend class leaving;

  static task<> run_body(fiber_state& self, task<> body);

  std::coroutine_handle<> innermost_;  // Goes on at the next switch; null: it runs, or cannot.
  task<> whole_;
  bool done_ = false;
};

class switching : public awaited_in_tasks {
 public:
  explicit switching(fiber_state& to) noexcept : to_(&to) {}
  // The fiber may have gone on, or ended, since it was asked to be switched to.
  [[nodiscard]] bool await_ready() const {
    to_->check_can_go_on();
    return false;
  }
  void await_suspend(std::coroutine_handle<> from) const noexcept;
  void await_resume() const;

 private:
  fiber_state* to_;
};

class leaving : public awaited_in_tasks {
 public:
  [[nodiscard]] bool await_ready() const;
  void await_suspend(std::coroutine_handle<> from) const noexcept;
  void await_resume() const noexcept {}
};

}  // namespace par::inline PAR_ABI::detail
