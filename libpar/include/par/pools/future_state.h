// What a future shares with whoever brings about its result: the state machine, without the result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"
#include "par/pools/job.h"

namespace par::inline PAR_ABI::detail {

// True while this thread runs a task of some executor. A thread that waits inside a task may run
// the awaited one itself; other threads leave that to the executor.
[[nodiscard]] bool inside_task() noexcept;

// Marks the calling thread as running a task, for its scope.
class task_scope {
 public:
  task_scope() noexcept;
  ~task_scope();
  task_scope(const task_scope&) = delete;
  task_scope& operator=(const task_scope&) = delete;
};

// Somebody to be told, once, when a state is done.
class watcher {
 public:
  watcher() noexcept = default;
  watcher(const watcher&) = delete;
  watcher& operator=(const watcher&) = delete;

  // On the thread that ended the state; the watcher may be gone when it returns.
  virtual void completed() noexcept = 0;

 protected:
  virtual ~watcher() = default;

 private:
  friend class future_state;
  watcher* next_ = nullptr;
};

// Thread-safe. queued -> running -> finished, or queued -> cancelled; no way back. Counted by its
// owners: each future, and the queue or promise at the other end.
class future_state : public job {
 public:
  // A state with a function may be claimed by whoever waits for it; a promise's has none.
  explicit future_state(bool has_function, std::uint32_t owners) noexcept
      : owners_(owners), has_function_(has_function) {}
  ~future_state() override = default;

  void acquire() noexcept;  // One more owner.
  void release() noexcept;  // One less; the last one's call destroys it.

  // As a job: each gives up the queue's ownership.
  void run() final;
  void drop(std::exception_ptr why) noexcept final;

  bool run_if_queued();  // False: somebody else has begun it, it was cancelled, or has no function.
  bool cancel() noexcept;

  // For a promise. False: it was cancelled. Throws invalid_state if it began before.
  bool start();
  // Reserves the one right to store a result; throws invalid_state naming what there is.
  void begin_result();
  void end_result() noexcept { end(finished); }

  // Waits for the end. Inside a task, the first form runs it here if it has not begun.
  void wait();
  [[nodiscard]] bool wait_until(deadline until);
  [[nodiscard]] bool wait_until(deadline until, const std::stop_token& stop);

  [[nodiscard]] bool done() const noexcept;
  [[nodiscard]] bool running() const noexcept;
  [[nodiscard]] bool cancelled() const noexcept;

  // REQUIRES done(). It threw, or was failed.
  [[nodiscard]] virtual bool has_exception() const noexcept = 0;

  // Watchers are told in the order in which they came. False: done already, it will not be told.
  [[nodiscard]] bool watch(watcher& who);
  // True: it was waiting, and will not be told. False: it has been, or is being told now.
  bool unwatch(watcher& who) noexcept;

 protected:
  virtual void call() noexcept = 0;     // Runs the function, and keeps its result or exception.
  virtual void discard() noexcept = 0;  // Destroys the function with what it captured.
  virtual void fail(std::exception_ptr why) noexcept = 0;  // Keeps it as the result.

 private:
  // The values of state_: one of four phases, and bits that ask the one who ends it for something.
  enum : std::uint32_t { queued = 0, is_running = 1, finished = 2, is_cancelled = 3, phase = 3 };
  enum : std::uint32_t {
    awaited = 4,   // Somebody sleeps on the word.
    watched = 8,   // watchers_ is not empty.
    settling = 16  // A promise's result is being stored.
  };

  bool claim();
  bool begin() noexcept;  // queued -> running
  void end(std::uint32_t last) noexcept;
  void tell(std::uint32_t was) noexcept;  // Those whom the bits of the last value ask for.
  // queued -> cancelled, where there is no function to destroy: start() and begin_result() tell
  // apart whether it is running, so it must not seem to be.
  bool cancel_at_once() noexcept;
  void tell_watchers() noexcept;
  bool sleep_until(deadline until) noexcept;

  atomic<std::uint32_t> state_{queued};
  atomic<std::uint32_t> owners_;
  const bool has_function_;
  mutex guard_;
  watcher* first_watcher_ PAR_GUARDED_BY(guard_) = nullptr;
  watcher* last_watcher_ PAR_GUARDED_BY(guard_) = nullptr;
};

// One ownership of a state.
template <class State>
class state_ref {
 public:
  state_ref() noexcept = default;
  explicit state_ref(State* owned) noexcept : state_(owned) {}  // Takes over an ownership.
  state_ref(const state_ref& other) noexcept : state_(other.state_) {
    if (state_ != nullptr) state_->acquire();
  }
  state_ref(state_ref&& other) noexcept : state_(other.detach()) {}
  state_ref& operator=(state_ref other) noexcept {
    State* const mine = state_;
    state_ = other.state_;
    other.state_ = mine;
    return *this;
  }
  ~state_ref() {
    if (state_ != nullptr) state_->release();
  }

  [[nodiscard]] State* get() const noexcept { return state_; }
  State* operator->() const noexcept { return state_; }
  State* detach() noexcept {
    State* const mine = state_;
    state_ = nullptr;
    return mine;
  }

 private:
  State* state_ = nullptr;
};

}  // namespace par::inline PAR_ABI::detail
