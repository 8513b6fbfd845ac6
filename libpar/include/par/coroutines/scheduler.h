// Many tasks, taking turns on one thread.
//
//   par::task<> tick(std::string name, int times) {
//     while (times-- > 0) {
//       co_await par::this_task::sleep_for(1s);
//       std::cout << name << '\n';
//     }
//   }
//
//   par::scheduler turns;
//   turns.spawn(tick("a", 3));
//   turns.spawn(tick("b", 3));
//   turns.run();
#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "par/coroutines/scheduler_clock.h"
#include "par/coroutines/spawned.h"
#include "par/coroutines/task.h"
#include "par/coroutines/task_errors.h"

namespace par::inline PAR_ABI {

// Round robin: a task runs until it awaits something that has not happened yet, then the one that
// has been ready longest does; so nothing that happens between two co_await is interrupted by
// another task. Sleepers cost no thread. What a task waits for may come from other threads
// (par/coroutines/await_future.h); the scheduler sleeps meanwhile. Used by one thread at a time.
class scheduler {
 public:
  scheduler();
  explicit scheduler(scheduler_clock& clock);  // Which must outlive it.

  // Destroys tasks that have not ended, in the order in which they were spawned: their destructors
  // run, they themselves do not go on.
  ~scheduler();
  scheduler(const scheduler&) = delete;
  scheduler& operator=(const scheduler&) = delete;

  // The task begins when its turn comes; it runs only inside run(). Without a name it is called
  // "task-1" and so on.
  template <class T>
  spawned<T> spawn(std::string name, task<T> body) {
    if (!body.valid()) throw std::logic_error("scheduler: an empty task cannot be spawned");
    auto* const fresh = new detail::spawned_routine<T>(core(), std::move(name), std::move(body));
    spawned<T> handle(*fresh);
    add(*fresh);
    return handle;
  }
  template <class T>
  spawned<T> spawn(task<T> body) {
    return spawn({}, std::move(body));
  }

  // Until all tasks have ended. Then, or when none can run any more, throws the first error whose
  // handle has gone without anybody asking for it, or else par::deadlock, naming the tasks.
  void run();

  // Until this one has ended; cancels the others, and waits for them. Gives its value or throws
  // what it threw, otherwise what run() does. An error of others that this one's goes before is not
  // lost: the next run throws it.
  template <class T>
  T run(task<T> first) {
    spawned<T> handle = spawn("main", std::move(first));
    run_until_ended(handle);
    return handle.get();
  }

  [[nodiscard]] std::size_t alive() const noexcept;  // Tasks that have not ended.

  // The one whose task calls this; throws std::logic_error in others.
  [[nodiscard]] static scheduler& current();

 private:
  class owned_core;

  [[nodiscard]] detail::scheduler_core& core() noexcept;
  void add(detail::routine& fresh);
  void run_until_ended(const task_handle& first);

  real_clock clock_;
  std::unique_ptr<owned_core> core_;
};

// By the scheduler whose task calls this.
template <class T>
spawned<T> spawn(task<T> body) {
  return scheduler::current().spawn(std::move(body));
}
template <class T>
spawned<T> spawn(std::string name, task<T> body) {
  return scheduler::current().spawn(std::move(name), std::move(body));
}

}  // namespace par::inline PAR_ABI
