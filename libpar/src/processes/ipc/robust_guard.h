// Holds a robust_lock for a scope.
#pragma once

#include <optional>

#include "par/base/deadline.h"
#include "robust_lock.h"

namespace par::inline PAR_ABI::detail {

// For what is good between any two instructions of its owners, so that nothing is to be repaired
// when one dies.
class robust_guard {
 public:
  explicit robust_guard(robust_lock& lock) : robust_guard(lock, deadline::never()) {}
  // Holds nothing if the deadline passes first.
  robust_guard(robust_lock& lock, deadline until) : lock_(lock), left_(lock.lock_until(until)) {
    if (left_ == left_by::a_dead_owner) lock.repaired();
  }
  ~robust_guard() {
    if (left_) lock_.unlock();
  }
  robust_guard(const robust_guard&) = delete;
  robust_guard& operator=(const robust_guard&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return left_.has_value(); }

 private:
  robust_lock& lock_;
  std::optional<left_by> left_;
};

}  // namespace par::inline PAR_ABI::detail
