// A spawned task as its scheduler sees it: the coroutines that await one another, as one.
#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>

#include "par/base/deadline.h"
#include "par/base/pooled_frame.h"
#include "par/coroutines/routine_list.h"
#include "par/coroutines/strand.h"
#include "par/coroutines/task.h"
#include "par/coroutines/task_errors.h"
#include "par/pools/future_state.h"

namespace par::inline PAR_ABI::detail {

class scheduler_core;
class task_group;

// Used by the thread of its scheduler; only completed() comes from others. Owned by its handles,
// and by the scheduler until it has ended.
//
//   ready <-> running -> ended          waiting: for any of a time, the end of another, a future,
//     ^         |                       a group. Who wakes it takes it away from all of them.
//     '------ waiting
class routine : public strand, public sleeper, private watcher, public pooled_frame {
 public:
  using time_point = deadline::clock::time_point;

  routine(scheduler_core& home, std::string name, std::coroutine_handle<> body);
  ~routine() override;

  // The one that runs on this thread; throws std::logic_error if none does.
  [[nodiscard]] static routine& current();

  void acquire() noexcept { ++owners_; }
  void release() noexcept;  // The last one's call destroys it, and reports an error nobody took.

  // Suspends the coroutine `at`, the innermost, until something has come. False: it must go on.
  // REQUIRES of each: it runs.
  bool yield(std::coroutine_handle<> at);
  bool sleep_until(std::coroutine_handle<> at, time_point time);
  bool join(std::coroutine_handle<> at, routine& other, time_point limit);
  bool watch(std::coroutine_handle<> at, future_state& future);
  bool join_group(std::coroutine_handle<> at, task_group& group, bool shielded);

  [[nodiscard]] time_point time_after(deadline::clock::duration span) const;

  [[nodiscard]] bool join_done() const noexcept {
    return join_done_;
  }  // What was joined has ended.

  // For the coroutine that goes on: a request to cancel is answered once.
  void throw_if_cancelled();
  [[nodiscard]] bool cancel_requested() const noexcept { return cancel_requested_; }

  bool cancel();  // False: it has ended.
  void wake();    // Makes it ready. REQUIRES that it waits.

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool ended() const noexcept { return phase_ == phase::ended; }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }
  void set_group(task_group* group) noexcept { group_ = group; }

 protected:
  // The end: keeps what the body has come to, destroys the body, and gives what it threw.
  virtual std::exception_ptr settle() noexcept = 0;
  // Destroys the body where it is.
  virtual void abandon() noexcept = 0;
  // What the body threw has reached somebody.
  void error_seen() noexcept { error_ = nullptr; }

 private:
  friend class scheduler_core;
  friend class routine_list;
  enum class phase : std::uint8_t { ready, running, waiting, ended };

  void completed() noexcept final;
  bool suspend(std::coroutine_handle<> at) noexcept;
  bool leave_waits() noexcept;  // False: it is on its way into the inbox.
  void wake_joiners() noexcept;
  [[nodiscard]] std::string describe() const;

  struct place : ring_node {
    explicit place(routine& of) noexcept : who(&of) {}
    routine* who;
  };
  [[nodiscard]] static routine& at(ring_node& of) noexcept { return *static_cast<place&>(of).who; }

  std::coroutine_handle<> top_;  // Is resumed next.
  routine* next_in_list_ = nullptr;
  place known_{*this};  // To its scheduler, as long as it is there.
  place join_{*this};   // Among the joiners of another.
  ring_node joiners_;
  routine* joined_ = nullptr;
  future_state* watched_ = nullptr;
  task_group* joined_group_ = nullptr;
  task_group* group_ = nullptr;  // Is to be told of the end.
  std::exception_ptr error_;     // What it threw, until somebody has seen it.
  std::string name_;
  std::uint32_t owners_ = 0;
  phase phase_ = phase::ready;
  bool started_ = false;
  bool shielded_ = false;  // Waits, and a request to cancel must wait too.
  bool join_done_ = false;
  bool cancel_requested_ = false;
  bool cancelled_ = false;
};

template <class T>
class spawned_routine final : public routine {
 public:
  spawned_routine(scheduler_core& home, std::string name, task<T> body)
      : routine(home, std::move(name), task_access::frame(body)), body_(std::move(body)) {}

  // REQUIRES ended().
  T take() {
    error_seen();
    return result_.take();
  }

 private:
  std::exception_ptr settle() noexcept override {
    try {
      result_ = std::move(task_access::result(body_));
    } catch (...) {  // Moving the value failed: that is the result.
      result_.set_exception(std::current_exception());
    }
    body_ = {};
    return result_.exception();
  }
  void abandon() noexcept override {
    body_ = {};
    result_.set_exception(std::make_exception_ptr(task_cancelled()));
  }

  task<T> body_;
  outcome<T> result_;
};

}  // namespace par::inline PAR_ABI::detail
