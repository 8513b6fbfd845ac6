// What a task says to its pool when it is about to sleep.
#pragma once

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// While one lives, a thread_pool whose task the calling thread runs may have a spare thread do the
// work that waits, so that the processors stay busy and what the task sleeps for can come about.
// On any other thread it does nothing. Every wait of libpar for tasks has one; a task that sleeps
// on something else which another task of the pool must bring about (an event, a queue) should.
class blocking_scope {
 public:
  blocking_scope() noexcept;
  ~blocking_scope();
  blocking_scope(const blocking_scope&) = delete;
  blocking_scope& operator=(const blocking_scope&) = delete;
};

namespace detail {

class forked_call;
class job;

// What a pool offers to the tasks that run on its threads.
class task_host {
 public:
  virtual void begin_blocking() noexcept = 0;
  virtual void end_blocking() noexcept = 0;

  // Gives the job back if it is the newest that the calling thread has queued, and still there.
  virtual bool take_newest(job& which) noexcept = 0;

  // The calling thread runs this call until the next one of these. Returns the one before.
  virtual const forked_call* run_call(const forked_call* now) noexcept = 0;

  // Runs one job that the call has forked, if the thread that runs it has one queued. False: none.
  virtual bool help(const forked_call& running) noexcept = 0;

 protected:
  virtual ~task_host() = default;
};

// That of the calling thread; null: none.
void set_task_host(task_host* by) noexcept;
[[nodiscard]] task_host* this_task_host() noexcept;

}  // namespace detail
}  // namespace par::inline PAR_ABI
