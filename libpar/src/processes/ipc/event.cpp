#include "par/processes/ipc/event.h"

#include <new>

#include "par/base/sync.h"
#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::ipc {

using detail::ipc_step;

struct event::shared_state {
  // Bit 0: the flag. Bits 1-30: how often it was cleared. Bit 31: `awaited`. Who waits for the flag
  // saw it down; any other value of these 31 bits means that it has been up since.
  static constexpr std::uint32_t up = 1;
  static constexpr std::uint32_t awaited = 1U << 31;

  detail::shared_kind kind = detail::shared_kind::event;
  detail::atomic<std::uint32_t> word = 0;

  void set();
  void clear() noexcept;
  bool wait(std::uint32_t seen, deadline until, const std::stop_token& stop);
};

// A flag that is up already is put up again: who clears it must see what this process did.
void event::shared_state::set() {
  std::uint32_t seen = word.load(std::memory_order_relaxed);  // A first guess for the exchange.
  while ((seen & awaited) == 0) {
    ipc_step("event.set.before_change");
    // Release: partner of the acquires in is_set, wait and clear.
    if (word.compare_exchange_strong(seen, seen | up, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      return;
    }
  }
  ipc_step("event.set.before_change");
  detail::futex_change_shared(word, detail::word_change::set_bits, up);
  ipc_step("event.set.after_change");
}

// While it is up nobody sleeps, so `awaited` goes too.
void event::shared_state::clear() noexcept {
  std::uint32_t seen = word.load(std::memory_order_relaxed);  // A first guess for the exchange.
  // Acquire: partner of the release in set, for one who clears the flag and then looks whether
  // there is something to do.
  while ((seen & up) != 0 &&
         !word.compare_exchange_strong(seen, (seen + 1) & ~awaited, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
  }
}

bool event::shared_state::wait(std::uint32_t seen, deadline until, const std::stop_token& stop) {
  const std::uint32_t before = seen & ~awaited;
  detail::shared_sleep nap(word, stop);
  for (bool last = false;; last = nap.stopped() || until.passed()) {
    // Acquire: partner of the release in set.
    seen = word.load(std::memory_order_acquire);
    if ((seen & ~awaited) != before) return true;
    if (last) return false;
    // Relaxed: nothing comes with it.
    if (seen == before &&
        !word.compare_exchange_strong(seen, before | awaited, std::memory_order_relaxed,
                                      std::memory_order_relaxed)) {
      continue;
    }
    ipc_step("event.wait.before_sleep");
    nap.sleep(before | awaited, until);
    ipc_step("event.wait.after_sleep");
  }
}

event::event() : shared_handle(detail::shared_kind::event, sizeof(shared_state)) {
  new (place()) shared_state;
}

void event::set() const {
  state<shared_state>().set();
}

void event::clear() const {
  state<shared_state>().clear();
}

bool event::is_set() const {
  // Acquire: partner of the release in set.
  return (state<shared_state>().word.load(std::memory_order_acquire) & shared_state::up) != 0;
}

bool event::wait_until(deadline until, const std::stop_token& stop) const {
  auto& self = state<shared_state>();
  const std::uint32_t seen = self.word.load(std::memory_order_acquire);  // As in is_set.
  return (seen & shared_state::up) != 0 || self.wait(seen, until, stop);
}

}  // namespace par::inline PAR_ABI::ipc
