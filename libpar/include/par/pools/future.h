// The result of a task that runs elsewhere.
//
//   par::thread_pool pool(par::cpu_count());
//   par::future<int> answer = par::submit(pool, [](int a, int b) { return a * b; }, 6, 7);
//   use(answer.get());
//
// Unlike std's future: a task that has not begun can be cancelled, and the destructor never waits.
#pragma once

#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <stop_token>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/pools/executor.h"
#include "par/pools/future_base.h"
#include "par/pools/result_state.h"

namespace par::inline PAR_ABI {

template <class T>
class shared_future;

template <class T>
class future : public future_base {
 public:
  // What the forms that may fail give: references come wrapped.
  using value_type = std::conditional_t<std::is_reference_v<T>,
                                        std::reference_wrapper<std::remove_reference_t<T>>, T>;

  future() noexcept = default;
  future(future&&) noexcept = default;
  future& operator=(future&&) noexcept = default;
  future(const future&) = delete;
  future& operator=(const future&) = delete;

  // Waits, then gives the value or throws what the task threw, or future_cancelled. valid() is
  // false afterwards.
  T get() {
    wait();
    return detail::state_ref(take_state())->take();
  }

  // The same, or why there is no result yet: then the future stays valid. Cancelled is a value
  // here; what the task threw is thrown.
  expected<value_type, future_errc> try_get() {
    return get_after(future_errc::timeout, [](auto& state) { return state.done(); });
  }
  template <class Rep, class Period>
  expected<value_type, future_errc> get_for(std::chrono::duration<Rep, Period> span) {
    return get_after(future_errc::timeout, until(deadline::in(span)));
  }
  template <class Clock, class Duration>
  expected<value_type, future_errc> get_until(std::chrono::time_point<Clock, Duration> time) {
    return get_after(future_errc::timeout, until(deadline::at(time)));
  }
  expected<value_type, future_errc> get(const std::stop_token& stop) {
    return get_after(future_errc::stopped, until(stop));
  }

  // What the task threw, or null; waits for its end. Throws future_cancelled. Leaves the future as
  // it is.
  [[nodiscard]] std::exception_ptr exception() const {
    wait();
    return result().exception();
  }
  template <class Rep, class Period>
  [[nodiscard]] expected<std::exception_ptr, future_errc> exception_for(
      std::chrono::duration<Rep, Period> span) const {
    return ended(future_errc::timeout, until(deadline::in(span))).map([this] {
      return result().exception();
    });
  }

  // Calls f() once the task has ended or been cancelled, on the thread that ended it, or at once
  // if it has. Several are called in order. What f throws is dropped: f has nobody to tell.
  template <class F>
  void add_done_callback(F f) {
    detail::callback::add(checked(), std::move(f));
  }

  // A handle that can be copied; valid() is false afterwards.
  [[nodiscard]] shared_future<T> share() { return shared_future<T>(std::move(*this)); }

  // co_await std::move(f) gives what get() does. The coroutine goes on on the thread that ended the
  // task, or here if that has happened.
  auto operator co_await() && noexcept { return awaiter(std::move(*this)); }

 private:
  friend class shared_future<T>;
  friend struct detail::future_access;
  template <class U>
  friend class promise;
  template <class F, class... Args>
  friend auto submit(executor& on, F f, Args... args);

  class awaiter final : public detail::watcher {
   public:
    explicit awaiter(future&& of) noexcept : of_(std::move(of)) {}
    [[nodiscard]] bool await_ready() const { return of_.done(); }
    bool await_suspend(std::coroutine_handle<> caller) {
      caller_ = caller;
      return of_.checked().watch(*this);
    }
    T await_resume() { return of_.get(); }

   private:
    void completed() noexcept override { caller_.resume(); }
    future of_;
    std::coroutine_handle<> caller_;
  };

  explicit future(detail::state_ref<detail::result_state<T>> state) noexcept
      : future_base(detail::state_ref<detail::future_state>(state.detach())) {}

  [[nodiscard]] detail::result_state<T>& result() const {
    return static_cast<detail::result_state<T>&>(checked());
  }
  detail::result_state<T>* take_state() {
    return static_cast<detail::result_state<T>*>(state_.detach());
  }

  template <class Wait>
  expected<value_type, future_errc> get_after(future_errc otherwise, Wait wait_for_end) {
    if (const auto end = ended(otherwise, wait_for_end); !end) {
      return unexpected<future_errc>(end.error());
    }
    const detail::state_ref state(take_state());
    if constexpr (std::is_void_v<T>) {
      state->take();
      return {};
    } else {
      return state->take();
    }
  }
};

// Runs f(args...) on the executor. What it throws goes into the future. One allocation.
template <class F, class... Args>
[[nodiscard]] auto submit(executor& on, F f, Args... args) {
  using result = std::invoke_result_t<F&, Args&&...>;
  auto call = [f = std::move(f),
               args = std::tuple<Args...>(std::move(args)...)]() mutable -> result {
    return std::apply(f, std::move(args));
  };
  auto* const task = new detail::function_state<result, decltype(call)>(std::move(call));
  future<result> handle{detail::state_ref<detail::result_state<result>>(task)};
  on.post_job(*task);
  return handle;
}

}  // namespace par::inline PAR_ABI
