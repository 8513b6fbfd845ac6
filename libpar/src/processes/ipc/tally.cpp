#include "tally.h"

namespace par::inline PAR_ABI::detail {

// Only who counts takes the mark `awaited` off, so once seen it stays.
void tally::count_one() noexcept {
  std::uint32_t word = word_.load();
  while ((word & awaited) == 0) {
    if (word_.compare_exchange_strong(word, word + one)) return;
  }
  futex_change_shared(word_, word_change::add, one - awaited);
}

void tally::count_one_quietly() noexcept {
  word_.fetch_add(one);
}

void tally::set(std::uint32_t marks) noexcept {
  if ((word_.load() & marks) != marks) futex_change_shared(word_, word_change::set_bits, marks);
}

std::optional<std::uint32_t> tally::await_change(value seen) noexcept {
  std::uint32_t word = seen.word_;
  if (!seen.awaited() && !word_.compare_exchange_strong(word, word | awaited)) return std::nullopt;
  return seen.word_ | awaited;
}

}  // namespace par::inline PAR_ABI::detail
