#include "par/processes/ipc/semaphore.h"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <system_error>

#include "par/base/sync.h"
#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::ipc {

using detail::ipc_step;

// Where nobody waits a permit is added and taken by an exchange. While somebody may sleep it is
// added by the call that also wakes: all of them, so that it does not matter which of them is
// killed before it takes the permit.
struct semaphore::shared_state {
  // Bits 0-30: free permits. Bit 31: `awaited`. Sleepers sleep on `awaited` without permits; so
  // whoever finds permits may clear the bit: nobody sleeps then.
  static constexpr std::uint32_t awaited = 1U << 31;

  detail::shared_kind kind = detail::shared_kind::semaphore;
  detail::atomic<std::uint32_t> word;
  std::uint32_t bound;

  bool try_acquire() noexcept;
  bool sleep(deadline until, const std::stop_token& stop);
  void release(std::uint32_t permits);
  void check_bound(std::size_t permits, std::uint32_t free) const;
};

bool semaphore::shared_state::try_acquire() noexcept {
  std::uint32_t seen = word.load(std::memory_order_relaxed);  // A first guess for the exchange.
  while ((seen & ~awaited) != 0) {
    // Acquire: partner of the release in release().
    if (word.compare_exchange_strong(seen, (seen & ~awaited) - 1, std::memory_order_acquire,
                                     std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

bool semaphore::shared_state::sleep(deadline until, const std::stop_token& stop) {
  detail::shared_sleep nap(word, stop);
  for (bool last = false;; last = nap.stopped() || until.passed()) {
    if (try_acquire()) return true;
    if (last) return false;
    std::uint32_t none = 0;
    // Relaxed: no permit comes with it. Fails if one has come, or the bit is set.
    word.compare_exchange_strong(none, awaited, std::memory_order_relaxed,
                                 std::memory_order_relaxed);
    ipc_step("semaphore.acquire.before_sleep");
    nap.sleep(awaited, until);
    ipc_step("semaphore.acquire.after_sleep");
  }
}

void semaphore::shared_state::release(std::uint32_t permits) {
  std::uint32_t seen = word.load(std::memory_order_relaxed);  // A first guess for the exchange.
  for (;;) {
    check_bound(permits, seen & ~awaited);
    ipc_step("semaphore.release.before_change");
    if ((seen & awaited) != 0) break;
    // Release: partner of the acquire in try_acquire.
    if (word.compare_exchange_strong(seen, seen + permits, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      return;
    }
  }
  for (std::uint32_t left = permits; left > 0;) {
    const std::uint32_t some = std::min(left, detail::largest_change);
    detail::futex_change_shared(word, detail::word_change::add, some);
    ipc_step("semaphore.release.after_change");
    left -= some;
  }
}

void semaphore::shared_state::check_bound(std::size_t permits, std::uint32_t free) const {
  if (free <= bound && permits <= bound - free) return;
  throw std::system_error(std::make_error_code(std::errc::value_too_large),
                          "ipc::semaphore: more released than its bound allows");
}

semaphore::semaphore(std::size_t permits, std::size_t bound)
    : shared_handle(detail::shared_kind::semaphore, sizeof(shared_state)) {
  if (permits > max()) throw std::invalid_argument("ipc::semaphore: too many permits");
  new (place()) shared_state{.word = static_cast<std::uint32_t>(permits),
                             .bound = static_cast<std::uint32_t>(bound)};
}

bool semaphore::try_acquire() const {
  return state<shared_state>().try_acquire();
}

bool semaphore::take(deadline until, const std::stop_token& stop) const {
  auto& self = state<shared_state>();
  return self.try_acquire() || self.sleep(until, stop);
}

void semaphore::release(std::size_t permits) const {
  auto& self = state<shared_state>();
  self.check_bound(permits, 0);
  self.release(static_cast<std::uint32_t>(permits));
}

std::size_t semaphore::free() const {
  // Relaxed: no permit comes with it.
  return state<shared_state>().word.load(std::memory_order_relaxed) & ~shared_state::awaited;
}

}  // namespace par::inline PAR_ABI::ipc
