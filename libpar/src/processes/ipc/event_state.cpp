#include "event_state.h"

#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {

// A flag that is up already is put up again: who clears it must see what this process did.
void event_state::set() {
  std::uint32_t seen = word_.load(std::memory_order_relaxed);  // A first guess for the exchange.
  while ((seen & awaited) == 0) {
    ipc_step("event.set.before_change");
    // Release: partner of the acquires in is_set, wait and clear.
    if (word_.compare_exchange_strong(seen, seen | up, std::memory_order_release,
                                      std::memory_order_relaxed)) {
      return;
    }
  }
  ipc_step("event.set.before_change");
  futex_change_shared(word_, word_change::set_bits, up);
  ipc_step("event.set.after_change");
}

// While it is up nobody sleeps, so `awaited` goes too.
void event_state::clear() noexcept {
  std::uint32_t seen = word_.load(std::memory_order_relaxed);  // A first guess for the exchange.
  // Acquire: partner of the release in set, for one who clears the flag and then looks whether
  // there is something to do.
  while ((seen & up) != 0 &&
         !word_.compare_exchange_strong(seen, (seen + 1) & ~awaited, std::memory_order_acquire,
                                        std::memory_order_relaxed)) {
  }
}

bool event_state::wait_for_change(std::uint32_t seen, deadline until, const std::stop_token& stop) {
  const std::uint32_t before = seen & ~awaited;
  shared_sleep nap(word_, stop);
  for (bool last = false;; last = nap.stopped() || until.passed()) {
    // Acquire: partner of the release in set.
    seen = word_.load(std::memory_order_acquire);
    if ((seen & ~awaited) != before) return true;
    if (last) return false;
    // Relaxed: nothing comes with it.
    if (seen == before &&
        !word_.compare_exchange_strong(seen, before | awaited, std::memory_order_relaxed,
                                       std::memory_order_relaxed)) {
      continue;
    }
    ipc_step("event.wait.before_sleep");
    nap.sleep(before | awaited, until);
    ipc_step("event.wait.after_sleep");
  }
}

}  // namespace par::inline PAR_ABI::detail
