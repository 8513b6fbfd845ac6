// Spawned tasks that somebody waits for together, and that fail together.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <vector>

#include "par/coroutines/routine.h"
#include "par/coroutines/task_handle.h"

namespace par::inline PAR_ABI::detail {

// On the frame of the task that waits, and used by its scheduler's thread alone. The destructor
// cancels members that have not ended, without waiting.
class task_group {
 public:
  task_group() noexcept = default;
  task_group(const task_group&) = delete;
  task_group& operator=(const task_group&) = delete;
  ~task_group();

  void add(const task_handle& member);

  // Waits until all have ended. If one fails, or the caller is cancelled, cancels the others, waits
  // for them too, and then throws that.
  task<> settle();

  // Called for each. What it threw, or null.
  void ended(const std::exception_ptr& thrown);
  void leave() noexcept { waiter_ = nullptr; }

 private:
  friend class routine;
  class all_ended;  // Awaits that; with `shielded`, whatever becomes of the waiter.

  [[nodiscard]] bool over() const noexcept {
    return left_ == 0 || (error_ != nullptr && !to_the_end_);
  }

  std::vector<task_handle> members_;
  std::size_t left_ = 0;
  std::exception_ptr error_;  // The first.
  routine* waiter_ = nullptr;
  bool to_the_end_ = false;  // The waiter waits for all, though one has failed.
};

}  // namespace par::inline PAR_ABI::detail
