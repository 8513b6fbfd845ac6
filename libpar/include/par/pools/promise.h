// The other end of a future, for results that no executor brings about.
#pragma once

#include <exception>
#include <future>  // std::future_error
#include <utility>

#include "par/pools/future.h"

namespace par::inline PAR_ABI {

// As std's, except that its future can be cancelled until start() or a result; setting a result
// then, or a second one, throws invalid_state with the state's name. The members may be called from
// different threads; exactly one result is stored.
template <class T>
class promise {
 public:
  promise() : state_(new detail::promised_state<T>) {}
  promise(promise&& other) noexcept = default;
  promise& operator=(promise&& other) noexcept {
    promise old(std::move(*this));
    state_ = std::move(other.state_);
    retrieved_ = other.retrieved_;
    return *this;
  }

  // A future without a result throws std::future_error (broken_promise).
  ~promise() {
    if (state_.get() == nullptr || state_->done()) return;
    try {
      set_exception(std::make_exception_ptr(std::future_error(std::future_errc::broken_promise)));
    } catch (const invalid_state&) {  // Cancelled in this moment.
    }
  }

  // Once; a second call throws std::future_error (future_already_retrieved).
  [[nodiscard]] future<T> get_future() {
    detail::result_state<T>& state = checked();
    if (std::exchange(retrieved_, true)) {
      throw std::future_error(std::future_errc::future_already_retrieved);
    }
    state.acquire();
    return future<T>(detail::state_ref<detail::result_state<T>>(&state));
  }

  // From now on the future is running, and cannot be cancelled. False: it has been, and nobody
  // wants the result. Python's set_running_or_notify_cancel.
  bool start() { return checked().start(); }

  // One argument, or none for void.
  template <class... Args>
  void set_value(Args&&... args) {
    checked().begin_result();
    try {
      state_->store(std::forward<Args>(args)...);
    } catch (...) {  // Making the value failed: that is the result.
      state_->fail(std::current_exception());
    }
    state_->end_result();
  }

  void set_exception(std::exception_ptr error) {
    checked().begin_result();
    state_->fail(std::move(error));
    state_->end_result();
  }

 private:
  [[nodiscard]] detail::result_state<T>& checked() const {
    if (state_.get() == nullptr) throw std::future_error(std::future_errc::no_state);
    return *state_.get();
  }

  detail::state_ref<detail::result_state<T>> state_;
  bool retrieved_ = false;
};

}  // namespace par::inline PAR_ABI
