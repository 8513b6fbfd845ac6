// The time that a scheduler sleeps by.
#pragma once

#include <algorithm>

#include "par/base/deadline.h"

namespace par::inline PAR_ABI {

// A seam, so that a test need not wait. Used by the thread that runs the scheduler.
class scheduler_clock {
 public:
  using time_point = deadline::clock::time_point;

  virtual ~scheduler_clock() = default;
  [[nodiscard]] virtual time_point now() noexcept = 0;

  // Nothing is to run before `next`. True: it is that time now. False: the scheduler waits for it.
  virtual bool skip_to(time_point next) noexcept = 0;
};

// The steady clock.
class real_clock final : public scheduler_clock {
 public:
  [[nodiscard]] time_point now() noexcept override { return deadline::clock::now(); }
  bool skip_to(time_point) noexcept override { return false; }
};

// Begins at zero and goes on only while every task sleeps, then at once. It does not wait for what
// other threads do meanwhile.
class virtual_clock final : public scheduler_clock {
 public:
  [[nodiscard]] time_point now() noexcept override { return now_; }
  bool skip_to(time_point next) noexcept override {
    now_ = std::max(now_, next);
    return true;
  }

 private:
  time_point now_;
};

}  // namespace par::inline PAR_ABI
