// The inner side of a task: its promise, and how it awaits.
#pragma once

#include <concepts>
#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

#include "par/base/pooled_frame.h"
#include "par/coroutines/outcome.h"
#include "par/coroutines/strand.h"

namespace par::inline PAR_ABI {

template <class T>
class task;

namespace detail {

struct task_access;

// Base of all that a task can await. Others resume it on a thread of their own choice, behind the
// back of its strand; what another library completes comes in through a par::promise.
struct awaited_in_tasks {};

class task_promise_base : public pooled_frame {
 public:
  task_promise_base() noexcept = default;
  task_promise_base(const task_promise_base&) = delete;
  task_promise_base& operator=(const task_promise_base&) = delete;

  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] auto final_suspend() const noexcept { return handing_back(); }

  // Types that know nothing of tasks, such as futures, bring a function await_in_task.
  template <class Awaited>
  decltype(auto) await_transform(Awaited&& awaited) {
    if constexpr (requires { await_in_task(std::forward<Awaited>(awaited)); }) {
      return await_in_task(std::forward<Awaited>(awaited));
    } else {
      static_assert(std::derived_from<std::remove_cvref_t<Awaited>, awaited_in_tasks>,
                    "a task cannot await this; see par/coroutines/task.h for what it can");
      return std::forward<Awaited>(awaited);
    }
  }

 protected:
  ~task_promise_base() = default;

 private:
  template <class T>
  friend class par::task;

  struct handing_back {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      strand::current()->set_next(ended.promise().continuation_);
    }
    void await_resume() const noexcept {}
  };

  void set_continuation(std::coroutine_handle<> next) noexcept { continuation_ = next; }

  // The task of this frame is awaited by `caller`; `owner` is the handle that owns the frame.
  void begin(task_promise_base& caller, std::coroutine_handle<> continuation,
             std::coroutine_handle<>& owner) noexcept {
    continuation_ = continuation;
    owner_ = &owner;
    caller_ = &caller;
    caller.awaited_ = this;
  }
  void end() noexcept {
    if (caller_ != nullptr) caller_->awaited_ = nullptr;
  }

  // Destroys the frame, after those of the tasks that it awaits.
  static void destroy(task_promise_base& outermost, std::coroutine_handle<> frame) noexcept;

  std::coroutine_handle<> continuation_;  // Goes on at the end; null: nobody.
  task_promise_base* caller_ = nullptr;   // Awaits this one, if that is a task.
  task_promise_base* awaited_ = nullptr;  // Is awaited by this one.
  std::coroutine_handle<>* owner_ = nullptr;
};

// Innermost first, since the inner ones refer to what the outer ones hold, and in a loop, since a
// chain may be long: each frame is taken from its owner before the owner's frame goes.
inline void task_promise_base::destroy(task_promise_base& outermost,
                                       std::coroutine_handle<> frame) noexcept {
  task_promise_base* at = &outermost;
  while (at->awaited_ != nullptr) at = at->awaited_;
  while (at != &outermost) {
    task_promise_base* const caller = at->caller_;
    std::exchange(*at->owner_, nullptr).destroy();
    at = caller;
  }
  frame.destroy();
}

template <class T>
class task_promise final : public task_promise_base {
  static_assert(std::is_reference_v<T> || alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__,
                "frames of coroutines are not aligned for this type");

 public:
  task<T> get_return_object() noexcept { return task<T>(*this); }

  template <std::convertible_to<T> U = T>
  void return_value(U&& value) {
    result_.set_value(std::forward<U>(value));
  }
  void unhandled_exception() noexcept { result_.set_exception(std::current_exception()); }

  outcome<T>& result() noexcept { return result_; }

 private:
  outcome<T> result_;
};

template <>
class task_promise<void> final : public task_promise_base {
 public:
  inline task<void> get_return_object() noexcept;

  void return_void() { result_.set_value(); }
  void unhandled_exception() noexcept { result_.set_exception(std::current_exception()); }

  outcome<void>& result() noexcept { return result_; }

 private:
  outcome<void> result_;
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
