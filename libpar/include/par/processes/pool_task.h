// A task of a pool of processes, as its parent holds it until the result is there.
#pragma once

#include <cstdint>
#include <exception>
#include <type_traits>
#include <utility>

#include "par/pools/future.h"
#include "par/pools/result_state.h"
#include "par/processes/pool_callbacks.h"
#include "par/processes/remote_call.h"

namespace par::inline PAR_ABI::detail {

// Exactly one of finish, fail and cancel is called, once, by the pool's thread. Who gets the error
// is the last to let it go: nothing else of it is left here when the future is done.
class pool_task {
 public:
  explicit pool_task(remote_call call) : call_(std::move(call)) {}
  virtual ~pool_task() = default;
  pool_task(const pool_task&) = delete;
  pool_task& operator=(const pool_task&) = delete;

  virtual void finish(parcel& result) noexcept = 0;
  virtual void fail(std::exception_ptr why) noexcept = 0;
  virtual void cancel() noexcept = 0;

  // Each time that it goes to a worker. False: nobody wants the result any more.
  [[nodiscard]] bool begin() {
    if (!begun_) begun_ = start();
    return begun_;
  }

  [[nodiscard]] bool has_begun() const noexcept { return begun_; }

  [[nodiscard]] remote_call& call() noexcept { return call_; }

  unsigned deaths = 0;  // Of workers that ran it.

 private:
  virtual bool start() = 0;  // False: it was cancelled.

  remote_call call_;
  bool begun_ = false;
};

// Its result goes into one future.
template <class R, class Callbacks = no_callbacks>
class remote_task final : public pool_task {
 public:
  explicit remote_task(remote_call call, Callbacks callbacks = {})
      : pool_task(std::move(call)),
        state_(new promised_state<R>),
        callbacks_(std::move(callbacks)) {}

  // Once.
  [[nodiscard]] future<R> get_future() { return future_access::make<future<R>>(state_); }

  void cancel() noexcept override {
    if (!state_->cancel()) fail(std::make_exception_ptr(future_cancelled()));
  }

  void fail(std::exception_ptr why) noexcept override {
    try {
      state_->begin_result();
    } catch (const invalid_state&) {  // Cancelled before it went to a worker.
      return;
    }
    callbacks_.error(why);
    state_->fail(std::move(why));
    state_->end_result();
  }

  void finish(parcel& result) noexcept override {
    std::exception_ptr error;
    try {
      if constexpr (std::is_void_v<R>) {
        keep();
      } else {
        keep(decode<R>(result));
      }
    } catch (...) {  // It cannot be decoded.
      error = std::current_exception();
    }
    if (error != nullptr) fail(std::move(error));
  }

 private:
  bool start() override { return state_->start(); }

  template <class... Value>
  void keep(Value&&... value) {
    callbacks_.value(std::as_const(value)...);
    state_->begin_result();
    state_->store(std::forward<Value>(value)...);
    state_->end_result();
  }

  state_ref<result_state<R>> state_;
  [[no_unique_address]] Callbacks callbacks_;
};

}  // namespace par::inline PAR_ABI::detail
