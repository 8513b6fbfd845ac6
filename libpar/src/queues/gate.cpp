#include "par/queues/gate.h"

namespace par::inline PAR_ABI::detail {

// A read-modify-write even where there is no mark: a load may be older than the mark.
std::uint32_t gate::clear_waking() noexcept {
  return word_.fetch_and(~waking) & ~waking;
}

// The word changes before the wake-up, so a thread about to sleep does not.
void gate::wake_one(std::uint32_t word) noexcept {
  while (!word_.compare_exchange_strong(word, word | waking)) {
    if (word == 0 || word >= waking) return;
  }
  futex_wake(word_, 1);
}

void gate::notify_all() noexcept {
  std::uint32_t word = word_.load();
  while (word != 0 && !word_.compare_exchange_strong(word, word | waking)) {
  }
  if (word != 0) futex_wake_all(word_);
}

}  // namespace par::inline PAR_ABI::detail
