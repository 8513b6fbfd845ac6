// What can become of a wait for a future other than its result.
#pragma once

#include <stdexcept>
#include <string>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// Why a result is not there, where that is a value rather than an exception.
enum class future_errc { timeout, cancelled, stopped };

// The task was cancelled before it began, or dropped unrun by its executor.
class future_cancelled : public std::runtime_error {
 public:
  future_cancelled() : std::runtime_error("task was cancelled") {}
};

// A result was set where the future's state forbids it; what() names the state.
class invalid_state : public std::logic_error {
 public:
  explicit invalid_state(const std::string& state)
      : std::logic_error("the future is already " + state) {}
};

}  // namespace par::inline PAR_ABI
