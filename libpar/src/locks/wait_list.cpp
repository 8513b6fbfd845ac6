#include "par/locks/wait_list.h"

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI::detail {
namespace {

void wake_node(waiter& each, wake_reason why) noexcept {
  // Release: partner of the acquire in await_wake. From here on the waiter may be gone; the futex
  // is used for its address only.
  each.reason.store(static_cast<std::uint32_t>(why), std::memory_order_release);
  futex_wake(each.reason, 1);
}

wake_reason await_wake(waiter& self, deadline until, function_ref<bool()> give_up) {
  for (;;) {
    // Acquire: partner of the release in wake_node.
    const auto why = static_cast<wake_reason>(self.reason.load(std::memory_order_acquire));
    if (why != wake_reason::asleep) return why;
    if (futex_wait(self.reason, static_cast<std::uint32_t>(wake_reason::asleep), until)) continue;
    if (give_up()) return wake_reason::timed_out;
    until = deadline::never();  // Chosen already: the wake-up is on its way.
  }
}

}  // namespace

void wait_list::enlist(waiter& self) noexcept {
  self.listed = true;
  self.previous = last_;
  (last_ != nullptr ? last_->next : first_) = &self;
  last_ = &self;
  ++size_;
}

bool wait_list::remove(waiter& self) noexcept {
  if (!self.listed) return false;
  self.listed = false;
  (self.previous != nullptr ? self.previous->next : first_) = self.next;
  (self.next != nullptr ? self.next->previous : last_) = self.previous;
  --size_;
  return true;
}

bool wait_list::leave(waiter& self) noexcept {
  const lock_guard lock(guard);
  return remove(self);
}

waiter* wait_list::choose(std::size_t count) noexcept {
  waiter* const chosen = first_;
  waiter* last = nullptr;
  for (waiter* each = first_; each != nullptr && count > 0; each = each->next, --count) {
    each->listed = false;
    --size_;
    last = each;
  }
  if (last == nullptr) return nullptr;
  first_ = last->next;
  (first_ != nullptr ? first_->previous : last_) = nullptr;
  last->next = nullptr;
  return chosen;
}

waiter* wait_list::choose_all() noexcept {
  return choose(size_);
}

void wait_list::wake(waiter* chosen, wake_reason why) noexcept {
  while (chosen != nullptr) {
    waiter* const next = chosen->next;
    wake_node(*chosen, why);
    chosen = next;
  }
}

wake_reason wait_list::sleep(waiter& self, deadline until, const std::stop_token& stop,
                             function_ref<bool()> give_up) {
  // Runs at once, here, if the stop was requested before. Its destructor waits for a call in
  // progress on another thread, which keeps the node alive meanwhile.
  const std::stop_callback leave_on_stop(stop, [&] {
    if (give_up()) wake_node(self, wake_reason::stopped);
  });
  return await_wake(self, until, give_up);
}

wake_reason wait_list::sleep(waiter& self, deadline until, const std::stop_token& stop) {
  return sleep(self, until, stop, [&] { return leave(self); });
}

}  // namespace par::inline PAR_ABI::detail
