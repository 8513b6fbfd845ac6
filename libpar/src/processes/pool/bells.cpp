#include "bells.h"

namespace par::inline PAR_ABI::detail {

void sleep_on(atomic<std::uint32_t>& bell) noexcept {
  static_cast<void>(futex_wait_shared(bell, 1));
}

void wake_worker(channel_words& words) noexcept {
  if (words.worker_sleeps.load() == 0 || words.worker_sleeps.exchange(0) == 0) return;
  futex_wake_shared(words.worker_sleeps, 1);
}

}  // namespace par::inline PAR_ABI::detail
