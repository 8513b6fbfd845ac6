// A task that a scheduler runs, with its result.
#pragma once

#include <stdexcept>
#include <utility>

#include "par/coroutines/task_handle.h"

namespace par::inline PAR_ABI {

// The destructor neither waits nor cancels. What a task throws that nobody asks for is thrown by
// scheduler::run.
template <class T>
class spawned : public task_handle, public detail::awaited_in_tasks {
 public:
  spawned() noexcept = default;
  spawned(spawned&&) noexcept = default;
  spawned& operator=(spawned&&) noexcept = default;
  spawned(const spawned&) = delete;
  spawned& operator=(const spawned&) = delete;

  // The value, or what the task threw, or task_cancelled. Once; valid() is false afterwards. One
  // that is not done throws std::logic_error.
  T get() {
    auto& ended = static_cast<detail::spawned_routine<T>&>(checked());
    if (!ended.ended()) throw std::logic_error("the result of a task that has not ended");
    const task_handle keep = std::exchange(*this, {});
    return ended.take();
  }

  // co_await std::move(h): joins it, then gives what get() does.
  [[nodiscard]] auto operator co_await() && { return awaiter(*this); }

 private:
  friend class scheduler;

  class awaiter : public detail::joining {
   public:
    explicit awaiter(spawned& of) : joining(of.checked()), of_(&of) {}
    T await_resume() {
      joining::await_resume();
      return of_->get();
    }

   private:
    spawned* of_;
  };

  explicit spawned(detail::spawned_routine<T>& of) noexcept : task_handle(of) {}
};

}  // namespace par::inline PAR_ABI
