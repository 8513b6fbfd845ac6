// The result of a task that runs elsewhere.
//
//   par::thread_pool pool(par::cpu_count());
//   par::future<int> answer = par::submit(pool, [](int a, int b) { return a * b; }, 6, 7);
//   use(answer.get());
//
// Unlike std's future: a task that has not begun can be cancelled, and the destructor never waits.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/pools/executor.h"
#include "par/pools/task.h"

namespace par::inline PAR_ABI {

// Thrown by get when the task was cancelled, or dropped unrun by its executor.
class future_cancelled : public std::runtime_error {
 public:
  future_cancelled() : std::runtime_error("task was cancelled") {}
};

// One thread uses one future at a time; the task it stands for may run anywhere. Every member but
// valid, the destructor and assignment REQUIRES valid(), and throws std::logic_error otherwise.
template <class T>
class future {
 public:
  future() noexcept = default;
  future(future&&) noexcept = default;
  future& operator=(future&&) noexcept = default;

  [[nodiscard]] bool valid() const noexcept { return task_ != nullptr; }

  // Waits, then gives the value or throws what the task threw; valid() is false afterwards. Throws
  // future_cancelled. Called by a task, it runs the awaited one itself if that has not begun, so
  // tasks that wait for tasks need no spare thread.
  T get() {
    wait();
    return std::exchange(task_, nullptr)->take();
  }

  void wait() { checked().wait(); }

  // False if the time is up first.
  template <class Rep, class Period>
  [[nodiscard]] bool wait_for(std::chrono::duration<Rep, Period> span) {
    return checked().wait_until(deadline::in(span));
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool wait_until(std::chrono::time_point<Clock, Duration> time) {
    return checked().wait_until(deadline::at(time));
  }

  // True if the task had not begun, and now never will.
  bool cancel() { return checked().cancel(); }

  // True if it returned, threw or was cancelled.
  [[nodiscard]] bool done() const { return checked().done(); }
  [[nodiscard]] bool cancelled() const { return checked().cancelled(); }

 private:
  template <class F, class... Args>
  friend auto submit(executor& on, F f, Args... args);

  explicit future(std::shared_ptr<detail::result_task<T>> task) noexcept : task_(std::move(task)) {}

  [[nodiscard]] detail::result_task<T>& checked() const {
    if (task_ == nullptr) throw std::logic_error("future has no state");
    return *task_;
  }

  std::shared_ptr<detail::result_task<T>> task_;
};

// Runs f(args...) on the executor. What it throws goes into the future. One allocation.
template <class F, class... Args>
[[nodiscard]] auto submit(executor& on, F f, Args... args) {
  using result = std::invoke_result_t<F&, Args&&...>;
  auto call = [f = std::move(f),
               args = std::tuple<Args...>(std::move(args)...)]() mutable -> result {
    return std::apply(f, std::move(args));
  };
  auto task = std::make_shared<detail::function_task<result, decltype(call)>>(std::move(call));
  future<result> handle(task);
  on.post(detail::task_runner(std::move(task)));
  return handle;
}

}  // namespace par::inline PAR_ABI
