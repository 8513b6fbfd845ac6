// A coroutine that computes one value, for another one that awaits it.
//
//   par::task<int> length(std::string text) { co_return static_cast<int>(text.size()); }
//
//   par::task<int> total() {
//     const int one = co_await length("one");
//     co_return one + co_await length("three");
//   }
//
//   par::scheduler().run(total());
//
// Nothing happens before a task is awaited, run or spawned (par/coroutines/scheduler.h).
//
// Write coroutines as functions, and pass what they need by value or as references that outlive
// them: a lambda's captures are gone when the lambda is, while its coroutine goes on.
#pragma once

#include <concepts>
#include <coroutine>
#include <stdexcept>
#include <utility>

#include "par/coroutines/task_promise.h"

namespace par::inline PAR_ABI {

// Owns the coroutine; moving leaves an empty task behind. The destructor ends one that has not
// finished: its variables are destroyed, and before them those of the tasks that it awaits.
//
// A task can await: tasks; what this_task, fibers and the handles of spawned tasks give;
// par::future. Awaiting takes neither stack nor time that grows with the depth of the chain. Inside
// another kind of coroutine a task can be awaited too; it then runs on the thread that awaits it.
//
// Used by one thread at a time.
template <class T = void>
class [[nodiscard]] task : public detail::awaited_in_tasks {
 public:
  using promise_type = detail::task_promise<T>;

  task() noexcept = default;
  task(task&& other) noexcept
      : promise_(std::exchange(other.promise_, nullptr)), frame_(other.release()) {}
  task& operator=(task&& other) noexcept {
    if (this == &other) return *this;
    reset();
    promise_ = std::exchange(other.promise_, nullptr);
    frame_ = other.release();
    return *this;
  }
  ~task() { reset(); }

  // False: empty; never made, moved from, or awaited.
  [[nodiscard]] bool valid() const noexcept { return frame_ != nullptr; }

  // co_await std::move(t), or of a call: its value, or what it threw. The task is empty afterwards;
  // awaiting an empty one throws std::logic_error.
  [[nodiscard]] auto operator co_await() && noexcept { return awaiter(*this); }

 private:
  friend promise_type;
  friend struct detail::task_access;

  class awaiter {
   public:
    explicit awaiter(task& of) noexcept : of_(&of) {}
    [[nodiscard]] bool await_ready() const {
      if (!of_->valid()) throw std::logic_error("co_await of an empty task");
      return false;
    }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> caller) {
      const auto frame = of_->frame_;
      if constexpr (std::derived_from<Promise, detail::task_promise_base>) {
        of_->promise_->begin(caller.promise(), caller, of_->frame_);
        detail::strand::current()->set_next(frame);
        return true;
      } else {
        // Not resumed from the strand, whose loop runs on top of the caller.
        detail::local_strand().go_on(frame);
        if (frame.done()) return false;
        of_->promise_->set_continuation(caller);
        return true;
      }
    }
    T await_resume() {
      const task ended(std::move(*of_));  // Its frame goes as soon as the value is taken.
      ended.promise_->end();
      return ended.promise_->result().take();
    }

   private:
    task* of_;
  };

  explicit task(promise_type& of) noexcept
      : promise_(&of), frame_(std::coroutine_handle<promise_type>::from_promise(of)) {}

  std::coroutine_handle<> release() noexcept { return std::exchange(frame_, nullptr); }

  void reset() noexcept {
    if (frame_ != nullptr) promise_type::destroy(*promise_, release());
  }

  promise_type* promise_ = nullptr;
  std::coroutine_handle<> frame_;  // Null: empty.
};

namespace detail {

inline task<void> task_promise<void>::get_return_object() noexcept {
  return task<void>(*this);
}

// For those who run a task without awaiting it. REQUIRES of all: valid().
struct task_access {
  template <class T>
  static std::coroutine_handle<> frame(const task<T>& of) noexcept {
    return of.frame_;
  }
  template <class T>
  static bool ended(const task<T>& of) noexcept {
    return of.frame_.done();
  }
  template <class T>
  static outcome<T>& result(const task<T>& of) noexcept {
    return of.promise_->result();
  }
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
