#include "par/locks/event.h"

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI {

// Without waiters the exchange is the last touch, and with waiters the event stays until they are
// woken, which touches only their own nodes. So either way it may go as soon as the waits are over.
// A flag that is up already is put up again: who clears it must see what this thread did.
void event::set() {
  std::uint32_t seen = state_.load(std::memory_order_relaxed);  // A first guess for the exchange.
  for (;;) {
    if (seen == awaited) {
      if (release_waiters()) return;
      seen = state_.load(std::memory_order_relaxed);
      continue;
    }
    // Release: partner of the acquires in is_set and clear.
    if (state_.compare_exchange_strong(seen, up, std::memory_order_release,
                                       std::memory_order_relaxed)) {
      return;
    }
  }
}

bool event::release_waiters() {
  detail::waiter* chosen = nullptr;
  {
    const lock_guard lock(waiters_.guard);
    // Relaxed: under the guard, which those hold that change it from here.
    if (state_.load(std::memory_order_relaxed) != awaited) return false;
    chosen = waiters_.choose_all();
    // Release: as in set. All gave up: not up yet, since who sees it up may destroy it.
    state_.store(chosen != nullptr ? up : down, std::memory_order_release);
  }
  detail::wait_list::wake(chosen);
  return chosen != nullptr;
}

void event::clear() noexcept {
  std::uint32_t seen = up;
  // Acquire: partner of the release in set, for one who clears the flag and then looks whether
  // there is something to do.
  state_.compare_exchange_strong(seen, down, std::memory_order_acquire, std::memory_order_relaxed);
}

bool event::sleep(deadline until, const std::stop_token& stop) {
  detail::waiter self;
  if (!enlist(self)) return true;
  return waiters_.sleep(self, until, stop) == detail::wake_reason::chosen;
}

bool event::enlist(detail::waiter& self) {
  const lock_guard lock(waiters_.guard);
  // Acquire: of a flag that went up meanwhile, as in is_set.
  std::uint32_t seen = state_.load(std::memory_order_acquire);
  while (seen == down && !state_.compare_exchange_strong(seen, awaited, std::memory_order_relaxed,
                                                         std::memory_order_relaxed)) {
    seen = state_.load(std::memory_order_acquire);
  }
  if (seen == up) return false;
  waiters_.enlist(self);
  return true;
}

}  // namespace par::inline PAR_ABI
