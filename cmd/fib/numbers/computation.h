// What a long computation has to do with the world around it.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>

#include "par/pools/executor.h"
#include "par/pools/parallel_invoke.h"

namespace fib {

// Thrown where a computation finds that it should stop.
class stopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "stopped"; }
};

// Constant once made, so that tasks may share it; what it refers to must outlive it.
class computation {
 public:
  // On the calling thread, to its end.
  computation() = default;

  // Parts of it run on the executor. Ends early when `stop` becomes true. Counts its progress.
  computation(par::executor& on, const std::atomic<bool>& stop, std::atomic<std::uint64_t>& steps)
      : on_(&on), stop_(&stop), steps_(&steps) {}

  // Calls both, at once if there is an executor.
  template <class First, class Second>
  void both(First first, Second second) const {
    if (on_ == nullptr) {
      first();
      second();
    } else {
      par::parallel_invoke(*on_, first, second);
    }
  }

  // To be called between two parts of the work; throws stopped.
  void advance(std::uint64_t steps) const {
    if (steps_ != nullptr) steps_->fetch_add(steps, std::memory_order_relaxed);       // Only shown.
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) throw stopped();  // A flag.
  }

 private:
  par::executor* on_ = nullptr;
  const std::atomic<bool>* stop_ = nullptr;
  std::atomic<std::uint64_t>* steps_ = nullptr;
};

}  // namespace fib
