// A function that is called when a future is done.
#pragma once

#include <utility>

#include "par/base/unique_function.h"
#include "par/pools/future_state.h"

namespace par::inline PAR_ABI::detail {

// On the heap from the moment it is added until it has been called.
class callback final : public watcher {
 public:
  // Calls f() at once, here, if the state is done. What f throws is dropped.
  static void add(future_state& to, unique_function<void()> f);

 private:
  explicit callback(unique_function<void()> f) : function_(std::move(f)) {}
  void completed() noexcept override;

  unique_function<void()> function_;
};

}  // namespace par::inline PAR_ABI::detail
