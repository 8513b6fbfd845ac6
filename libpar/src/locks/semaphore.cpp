#include "par/locks/semaphore.h"

#include <stdexcept>
#include <system_error>

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI {

semaphore::semaphore(std::size_t permits, std::size_t bound)
    : state_(static_cast<std::uint32_t>(2 * permits)), bound_(static_cast<std::uint32_t>(bound)) {
  if (permits > max()) throw std::invalid_argument("semaphore: too many permits");
}

bool semaphore::try_acquire() noexcept {
  // Relaxed: only a first guess for the exchange.
  std::uint32_t seen = state_.load(std::memory_order_relaxed);
  while (seen > awaited) {
    // Acquire: partner of the release in release().
    if (state_.compare_exchange_strong(seen, seen - 2, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

bool semaphore::wait(deadline until, const std::stop_token& stop) {
  detail::waiter self;
  if (enlist_or_take(self)) return true;
  // Who leaves the list empty leaves `awaited` behind; the next release puts that right.
  return waiters_.sleep(self, until, stop) == detail::wake_reason::chosen;
}

bool semaphore::enlist_or_take(detail::waiter& self) {
  const lock_guard lock(waiters_.guard);
  for (;;) {
    if (try_acquire()) return true;
    std::uint32_t seen = 0;
    // Relaxed: what the waiter is to see comes with its wake-up.
    if (state_.compare_exchange_strong(seen, awaited, std::memory_order_relaxed,
                                       std::memory_order_relaxed) ||
        seen == awaited) {
      waiters_.enlist(self);
      return false;
    }
  }
}

// The last thing that touches the semaphore makes the last permit available: see the header.
void semaphore::release(std::size_t permits) {
  check_bound(permits, 0);
  std::uint32_t seen = state_.load(std::memory_order_relaxed);  // A first guess, as above.
  while (permits > 0) {
    if (seen == awaited) {
      permits -= hand_over(permits);
      if (permits == 0) return;
      seen = state_.load(std::memory_order_relaxed);
      continue;
    }
    check_bound(permits, seen / 2);
    // Release: partner of the acquire in try_acquire.
    if (state_.compare_exchange_strong(seen, static_cast<std::uint32_t>(seen + 2 * permits),
                                       std::memory_order_release, std::memory_order_relaxed)) {
      return;
    }
  }
}

std::size_t semaphore::hand_over(std::size_t permits) {
  detail::waiter* chosen = nullptr;
  std::size_t taken = 0;
  {
    const lock_guard lock(waiters_.guard);
    if (state_.load(std::memory_order_relaxed) != awaited) return 0;  // It changes under the guard.
    const std::size_t before = waiters_.size();
    chosen = waiters_.choose(permits);
    taken = before - waiters_.size();
    // Relaxed: no permit comes with it.
    if (waiters_.empty()) state_.store(0, std::memory_order_relaxed);
  }
  detail::wait_list::wake(chosen);
  return taken;
}

void semaphore::check_bound(std::size_t permits, std::size_t free) const {
  if (permits <= bound_ - free) return;
  throw std::system_error(std::make_error_code(std::errc::value_too_large),
                          "semaphore: more released than its bound allows");
}

}  // namespace par::inline PAR_ABI
