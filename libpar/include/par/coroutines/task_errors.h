// What can become of scheduled tasks other than a result.
#pragma once

#include <stdexcept>
#include <string>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// Thrown inside a task that has been cancelled, by what it awaits, so that its destructors run; and
// to those who ask for its result. No std::exception, so that a handler for errors lets it pass, as
// CancelledError in Python is no Exception.
class task_cancelled {};

// Tasks are left, none can run, and nothing can come that would change this.
class deadlock : public std::runtime_error {
 public:
  explicit deadlock(const std::string& who) : std::runtime_error("deadlock: " + who) {}
};

}  // namespace par::inline PAR_ABI
