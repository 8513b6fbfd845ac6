// What a scheduled task awaits when it waits.
#pragma once

#include <coroutine>

#include "par/coroutines/routine.h"
#include "par/coroutines/task_promise.h"

namespace par::inline PAR_ABI::detail {

// Each is a value of pointers and times only: g++ 12 may destroy twice what is more.
class routine_awaiter : public awaited_in_tasks {
 public:
  [[nodiscard]] bool await_ready() {
    routine_ = &routine::current();
    return false;
  }
  void await_resume() const { routine_->throw_if_cancelled(); }

 protected:
  [[nodiscard]] routine& self() const noexcept { return *routine_; }

 private:
  routine* routine_ = nullptr;
};

class yielding : public routine_awaiter {
 public:
  bool await_suspend(std::coroutine_handle<> at) { return self().yield(at); }
};

class sleeping_until : public routine_awaiter {
 public:
  explicit sleeping_until(routine::time_point time) noexcept : time_(time) {}
  bool await_suspend(std::coroutine_handle<> at) { return self().sleep_until(at, time_); }

 private:
  routine::time_point time_;
};

// The scheduler's clock is asked when the task begins to sleep.
class sleeping_for : public routine_awaiter {
 public:
  explicit sleeping_for(deadline::clock::duration span) noexcept : span_(span) {}
  bool await_suspend(std::coroutine_handle<> at) {
    return self().sleep_until(at, self().time_after(span_));
  }

 private:
  deadline::clock::duration span_;
};

class joining : public routine_awaiter {
 public:
  explicit joining(routine& other) noexcept : other_(&other) {}
  bool await_suspend(std::coroutine_handle<> at) {
    return self().join(at, *other_, routine::time_point::max());
  }

 private:
  routine* other_;
};

// True: it has ended in time.
class joining_for : public routine_awaiter {
 public:
  joining_for(routine& other, deadline::clock::duration span) noexcept
      : other_(&other), span_(span) {}
  bool await_suspend(std::coroutine_handle<> at) {
    return self().join(at, *other_, self().time_after(span_));
  }
  [[nodiscard]] bool await_resume() const {
    routine_awaiter::await_resume();
    return self().join_done();
  }

 private:
  routine* other_;
  deadline::clock::duration span_;
};

}  // namespace par::inline PAR_ABI::detail
