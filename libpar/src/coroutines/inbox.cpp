#include "inbox.h"

#include <utility>

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI::detail {

void inbox::put(routine& ready) {
  // Notified under the lock: afterwards the taker may destroy the inbox.
  const lock_guard lock(guard_);
  content_.push_back(ready);
  // Relaxed: whoever sees it takes the guard before it looks further.
  has_some_.store(true, std::memory_order_relaxed);
  filled_.notify_one();
}

routine_list inbox::take_all() {
  if (!has_some_.load(std::memory_order_relaxed)) return {};
  const lock_guard lock(guard_);
  has_some_.store(false, std::memory_order_relaxed);
  return std::exchange(content_, {});
}

void inbox::wait_until(deadline until) {
  unique_lock lock(guard_);
  filled_.wait_until(lock, until,
                     [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return !content_.empty(); });
}

}  // namespace par::inline PAR_ABI::detail
