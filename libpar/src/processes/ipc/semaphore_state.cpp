#include "semaphore_state.h"

#include <algorithm>
#include <system_error>

#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {

bool semaphore_state::try_acquire() noexcept {
  std::uint32_t seen = word_.load(std::memory_order_relaxed);  // A first guess for the exchange.
  while ((seen & ~awaited) != 0) {
    // Acquire: partner of the release in release().
    if (word_.compare_exchange_strong(seen, (seen & ~awaited) - 1, std::memory_order_acquire,
                                      std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

bool semaphore_state::sleep(deadline until, const std::stop_token& stop) {
  shared_sleep nap(word_, stop);
  for (bool last = false;; last = nap.stopped() || until.passed()) {
    if (try_acquire()) return true;
    if (last) return false;
    std::uint32_t none = 0;
    // Relaxed: no permit comes with it. Fails if one has come, or the bit is set.
    word_.compare_exchange_strong(none, awaited, std::memory_order_relaxed,
                                  std::memory_order_relaxed);
    ipc_step("semaphore.acquire.before_sleep");
    nap.sleep(awaited, until);
    ipc_step("semaphore.acquire.after_sleep");
  }
}

void semaphore_state::release(std::size_t permits) {
  std::uint32_t seen = word_.load(std::memory_order_relaxed);  // A first guess for the exchange.
  for (;;) {
    check_bound(permits, seen & ~awaited);
    ipc_step("semaphore.release.before_change");
    if ((seen & awaited) != 0) break;
    // Release: partner of the acquire in try_acquire.
    if (word_.compare_exchange_strong(seen, static_cast<std::uint32_t>(seen + permits),
                                      std::memory_order_release, std::memory_order_relaxed)) {
      return;
    }
  }
  for (std::size_t left = permits; left > 0;) {
    const auto some = static_cast<std::uint32_t>(std::min<std::size_t>(left, largest_change));
    futex_change_shared(word_, word_change::add, some);
    ipc_step("semaphore.release.after_change");
    left -= some;
  }
}

void semaphore_state::check_bound(std::size_t permits, std::uint32_t free) const {
  if (free <= bound_ && permits <= bound_ - free) return;
  throw std::system_error(std::make_error_code(std::errc::value_too_large),
                          "ipc::semaphore: more released than its bound allows");
}

}  // namespace par::inline PAR_ABI::detail
