// Whose turn it is at one cell of a ring, and a place to wait for one's own.
#pragma once

#include <cstdint>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// The word holds a number of 31 bits, and whether somebody sleeps until it changes. Numbers are
// only ever compared with one that can be at most one round of the ring away, so that they may
// wrap.
class turn_word {
 public:
  [[nodiscard]] bool is(std::uint32_t turn) const noexcept {
    // Acquire: partner of the release in pass_to; what was done with the cell before is seen.
    return word_.load(std::memory_order_acquire) >> 1 == (turn & all_bits);
  }

  // REQUIRES: it is the caller's turn.
  void pass_to(std::uint32_t turn) noexcept {
    // Release: partner of the acquires in is and wait.
    const std::uint32_t was = word_.exchange(turn << 1, std::memory_order_release);
    if ((was & sleeping) != 0) futex_wake_all(word_);
  }

  // Waits until it is `turn`: true; or until given_up() holds: false. Whoever makes that true does
  // so by a sequentially consistent write, then calls disturb.
  template <class GivenUp>
  bool wait(std::uint32_t turn, const GivenUp& given_up) noexcept {
    for (int round = 0; round < spins; ++round) {
      if (is(turn)) return true;
      if (given_up()) return false;
      spin_pause();
    }
    for (;;) {
      const std::uint32_t word = mark_sleeping();
      if (word >> 1 == (turn & all_bits)) return true;
      if (given_up()) return false;
      futex_wait(word_, word);
    }
  }
  void wait(std::uint32_t turn) noexcept {
    wait(turn, [] { return false; });
  }

  // Lets all who sleep look again.
  void disturb() noexcept;

 private:
  std::uint32_t mark_sleeping() noexcept;  // Returns what the word is then.

#ifdef PAR_MODEL
  static constexpr int spins = 1;  // More rounds would show nothing new.
#else
  static constexpr int spins = 100;  // About 1 us; the partner is most often in the middle of it.
#endif
  static constexpr std::uint32_t sleeping = 1;
  static constexpr std::uint32_t all_bits = ~std::uint32_t{0} >> 1;

  atomic<std::uint32_t> word_{0};
};

}  // namespace par::inline PAR_ABI::detail
