#include "par/locks/condition_variable.h"

namespace par::inline PAR_ABI {

// A waiter is chosen under the lock, by taking it off the list, and woken after it. In between it
// must not go away, so one whose time is up meanwhile waits for the wake-up that is sure to come.
//
//   waiting  --notify: unlist-->  chosen  --woken = 1, futex_wake-->  returns
//      \--time is up: unlist-->  returns (timed out)

void condition_variable::notify(std::size_t count) noexcept {
  waiter* chosen = nullptr;
  {
    const lock_guard lock(guard_);
    chosen = first_;
    waiter* last = nullptr;
    for (waiter* each = first_; each != nullptr && count > 0; each = each->next, --count) {
      each->listed = false;
      last = each;
    }
    if (last == nullptr) return;
    first_ = last->next;
    (first_ != nullptr ? first_->previous : last_) = nullptr;
    last->next = nullptr;
  }
  while (chosen != nullptr) {
    waiter* const next = chosen->next;
    wake(*chosen);
    chosen = next;
  }
}

void condition_variable::enlist(waiter& self) noexcept {
  const lock_guard lock(guard_);
  self.previous = last_;
  (last_ != nullptr ? last_->next : first_) = &self;
  last_ = &self;
}

bool condition_variable::unlist(waiter& self) noexcept {
  const lock_guard lock(guard_);
  if (!self.listed) return false;
  self.listed = false;
  (self.previous != nullptr ? self.previous->next : first_) = self.next;
  (self.next != nullptr ? self.next->previous : last_) = self.previous;
  return true;
}

bool condition_variable::sleep(waiter& self, deadline until) noexcept {
  // Acquire: partner of the release in wake.
  while (self.woken.load(std::memory_order_acquire) == 0) {
    if (detail::futex_wait(self.woken, 0, until)) continue;
    if (unlist(self)) return false;
    until = deadline::never();
  }
  return true;
}

void condition_variable::wake_one(waiter& self) noexcept {
  if (unlist(self)) wake(self);
}

void condition_variable::wake(waiter& self) noexcept {
  // Release: partner of the acquire in sleep. From here on the waiter may be gone; the futex is
  // used for its address only.
  self.woken.store(1, std::memory_order_release);
  detail::futex_wake(self.woken, 1);
}

}  // namespace par::inline PAR_ABI
