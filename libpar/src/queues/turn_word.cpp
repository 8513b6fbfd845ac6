#include "par/queues/turn_word.h"

namespace par::inline PAR_ABI::detail {

// Also if the word turns out to hold the awaited turn: at worst one wake-up too many.
std::uint32_t turn_word::mark_sleeping() noexcept {
  std::uint32_t word = word_.load();
  while ((word & sleeping) == 0 && !word_.compare_exchange_strong(word, word | sleeping)) {
  }
  return word | sleeping;
}

// The mark is taken off first, so that a thread about to sleep does not.
void turn_word::disturb() noexcept {
  std::uint32_t word = word_.load();
  while ((word & sleeping) != 0 && !word_.compare_exchange_strong(word, word & ~sleeping)) {
  }
  if ((word & sleeping) != 0) futex_wake_all(word_);
}

}  // namespace par::inline PAR_ABI::detail
