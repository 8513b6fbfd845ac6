// A file descriptor that is closed when its owner goes.
#pragma once

#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// Not thread-safe, as a value.
class descriptor {
 public:
  descriptor() noexcept = default;
  explicit descriptor(int number) noexcept : number_(number) {}  // Owns it; -1: none.
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    if (this != &other) reset(std::exchange(other.number_, -1));
    return *this;
  }
  ~descriptor() { reset(); }

  [[nodiscard]] int get() const noexcept { return number_; }
  [[nodiscard]] explicit operator bool() const noexcept { return number_ >= 0; }

  // Gives up owning it.
  [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

  // Closes the one that it has; errors of close() are dropped.
  void reset(int number = -1) noexcept;

  // Another number for the same open file, closed on exec. Throws std::system_error.
  [[nodiscard]] descriptor duplicate() const;

 private:
  int number_ = -1;
};

}  // namespace par::inline PAR_ABI
