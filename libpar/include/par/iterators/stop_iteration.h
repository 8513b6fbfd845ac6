// What generators and next() throw of their own accord.
#pragma once

#include <any>
#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// There is no next item. Python's StopIteration.
class stop_iteration : public std::runtime_error {
 public:
  stop_iteration() : std::runtime_error("iteration has ended") {}

  // As above, with what the generator has returned.
  template <class T>
  explicit stop_iteration(std::shared_ptr<const T> value) : stop_iteration() {
    value_ = std::move(value);
  }

  // What the generator has returned; null if it returned nothing, or something else than a T.
  template <class T>
  [[nodiscard]] const T* value() const noexcept {
    const auto* const held = std::any_cast<std::shared_ptr<const T>>(&value_);
    return held == nullptr ? nullptr : held->get();
  }

 private:
  std::any value_;
};

// Thrown into a generator that is being closed. Not meant to be caught, except to be rethrown after
// tidying up; therefore no std::exception, which bodies catch for other reasons. Python's
// GeneratorExit.
class generator_exit {};

}  // namespace par::inline PAR_ABI
