// How many posted tasks are not yet done, and the first exception that one of them threw.
#pragma once

#include <cstddef>
#include <exception>

#include "par/base/thread_safety.h"
#include "par/base/unique_function.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

// Thread-safe. What the executors have in common behind wait_idle.
class task_count {
 public:
  void add();

  // Runs the task, destroys it, keeps what it throws, and counts it as done.
  void run(unique_function<void()> task);

  // Counts tasks as done that were dropped unrun.
  void drop(std::size_t count);

  // Waits until all are done, then rethrows the first exception since the last call. Throws
  // std::logic_error on a thread that is inside run.
  void wait_idle();

  // True on a thread that runs a task of this count.
  [[nodiscard]] bool runs_here() const noexcept;

 private:
  void done(std::size_t count, std::exception_ptr error);

  mutex guard_;
  condition_variable idle_;
  std::size_t open_ PAR_GUARDED_BY(guard_) = 0;
  std::exception_ptr first_error_ PAR_GUARDED_BY(guard_);
};

}  // namespace par::inline PAR_ABI::detail
