// Results of other threads, awaited by a task of a scheduler.
//
//   par::task<> report(par::thread_pool& pool) {
//     std::cout << co_await pool.submit(slow_sum) << '\n';
//   }
//
// The other tasks go on meanwhile, and the task continues on its scheduler's thread. Whatever else
// calls back on a thread of its own can be awaited through a par::promise.
#pragma once

#include <coroutine>
#include <utility>

#include "par/coroutines/routine_awaiters.h"
#include "par/pools/future.h"
#include "par/pools/shared_future.h"

namespace par::inline PAR_ABI {
namespace detail {

template <class Future>
class future_awaiter : public routine_awaiter {
 public:
  explicit future_awaiter(Future& of) noexcept : of_(&of) {}
  bool await_suspend(std::coroutine_handle<> at) {
    return self().watch(at, future_access::state(*of_));
  }

 protected:
  [[nodiscard]] Future& of() const noexcept { return *of_; }

 private:
  Future* of_;
};

template <class T>
class unique_future_awaiter : public future_awaiter<future<T>> {
 public:
  using future_awaiter<future<T>>::future_awaiter;
  T await_resume() {
    // Nobody else could take the result.
    if (this->self().cancel_requested()) this->of().cancel();
    routine_awaiter::await_resume();
    return this->of().get();
  }
};

template <class T>
class shared_future_awaiter : public future_awaiter<const shared_future<T>> {
 public:
  using future_awaiter<const shared_future<T>>::future_awaiter;
  decltype(auto) await_resume() {
    routine_awaiter::await_resume();
    return this->of().get();
  }
};

}  // namespace detail

// co_await std::move(f), or of a call, gives what get() does. If the task is cancelled while it
// waits, so is the future, if its work has not begun.
template <class T>
auto await_in_task(future<T>&& of) {
  return detail::unique_future_awaiter<T>(of);
}

// co_await f. Cancelling the task leaves the future to its other owners.
template <class T>
auto await_in_task(const shared_future<T>& of) {
  return detail::shared_future_awaiter<T>(of);
}

}  // namespace par::inline PAR_ABI
