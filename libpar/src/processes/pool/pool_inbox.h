// What other threads want of a pool's own thread: tasks to run, and when to end.
#pragma once

#include <exception>
#include <memory>
#include <vector>

#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"
#include "par/processes/descriptor.h"
#include "par/processes/pool_task.h"

namespace par::inline PAR_ABI::detail {

class pool_inbox {
 public:
  // Later ones include those before.
  enum class ending { none, finish, cancel, at_once };

  struct contents {
    std::vector<std::unique_ptr<pool_task>> tasks;
    ending end = ending::none;
  };

  // Throws std::system_error.
  pool_inbox();

  // Thread-safe. Throws executor_closed, or what it was broken by.
  void post(std::unique_ptr<pool_task> task);
  void end(ending how);
  [[nodiscard]] ending how_to_end() const;

  // For the pool's thread. Fills `into`, whose tasks must be gone; false: there were none.
  bool take(contents& into);
  // Whether there is something new since it said `seen`.
  [[nodiscard]] bool waiting(ending seen) const;
  void break_with(std::exception_ptr why);
  // The bell rings for what comes after it was said. Then waiting() is asked before sleeping.
  void say_asleep(bool asleep) noexcept { sleeps_.store(asleep); }
  void silence() noexcept;

  // An eventfd: readable when it has been rung. Workers ring it, too.
  [[nodiscard]] const descriptor& bell() const noexcept { return bell_; }

 private:
  void ring() noexcept;

  mutable mutex guard_;
  std::vector<std::unique_ptr<pool_task>> tasks_ PAR_GUARDED_BY(guard_);
  ending end_ PAR_GUARDED_BY(guard_) = ending::none;
  std::exception_ptr broken_ PAR_GUARDED_BY(guard_);
  atomic<bool> sleeps_ = false;
  descriptor bell_;
};

}  // namespace par::inline PAR_ABI::detail
