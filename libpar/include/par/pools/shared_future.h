// A future that can be copied: any number of owners wait for and read one result.
#pragma once

#include <chrono>
#include <exception>
#include <stop_token>
#include <utility>

#include "par/pools/future.h"

namespace par::inline PAR_ABI {

// As future, except that reading leaves the result where it is. Copies may be used by different
// threads at once; they stand for the same task, so one's cancel is every one's.
template <class T>
class shared_future : public future_base {
 public:
  shared_future() noexcept = default;
  shared_future(future<T>&& from) noexcept : future_base(std::move(from.state_)) {}

  // Waits, then gives a reference to the value (nothing for void), or throws what the task threw,
  // or future_cancelled. The reference lasts as long as any copy.
  // NOLINTNEXTLINE(modernize-use-nodiscard): for void, and to hear of an exception.
  decltype(auto) get() const {
    wait();
    return result().look();
  }

  // What the task threw, or null; waits for its end. Throws future_cancelled.
  [[nodiscard]] std::exception_ptr exception() const {
    wait();
    return result().exception();
  }

  // Calls f(*this), as future's does f().
  template <class F>
  void add_done_callback(F f) const {
    detail::callback::add(checked(),
                          [f = std::move(f), self = *this]() mutable { f(std::as_const(self)); });
  }

  // True if both stand for the same task.
  bool operator==(const shared_future& other) const noexcept {
    return state_.get() == other.state_.get();
  }

 private:
  [[nodiscard]] const detail::result_state<T>& result() const {
    return static_cast<const detail::result_state<T>&>(checked());
  }
};

}  // namespace par::inline PAR_ABI
