// What an executor knows of the teams that its threads can help.
#pragma once

#include <cstddef>

#include "fork_aware.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"
#include "par/pools/team.h"

namespace par::inline PAR_ABI::detail {

// The teams that call for help, oldest first, and how many threads serve teams. Thread-safe. Owned
// by the executor and by the tasks that are to help: those may outlive it.
class team_board final : fork_aware {
 public:
  // Helps one team after another until none calls. A posted task runs it.
  void help();

  // Such a task was dropped unrun.
  void forget_helper();

 private:
  friend class team;

  team* enter_oldest() PAR_REQUIRES(guard_);
  void link(team& one) PAR_REQUIRES(guard_);
  void unlink(team& one) PAR_REQUIRES(guard_);

  // Held over fork; the child has none of the threads that served. The analysis cannot follow.
  void before_fork() noexcept override PAR_NO_THREAD_SAFETY_ANALYSIS { guard_.lock(); }
  void after_fork_in_parent() noexcept override PAR_NO_THREAD_SAFETY_ANALYSIS { guard_.unlock(); }
  void after_fork_in_child() noexcept override PAR_NO_THREAD_SAFETY_ANALYSIS {
    oldest_ = newest_ = nullptr;
    present_ = 0;
    guard_.unlock();
  }

  mutex guard_;
  team* oldest_ PAR_GUARDED_BY(guard_) = nullptr;
  team* newest_ PAR_GUARDED_BY(guard_) = nullptr;
  // Threads that own teams or help, and posted tasks that will help.
  std::size_t present_ PAR_GUARDED_BY(guard_) = 0;
};

}  // namespace par::inline PAR_ABI::detail
