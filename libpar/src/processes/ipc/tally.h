// A count in shared memory that one process at a time raises and others wait for.
#pragma once

#include <cstdint>
#include <optional>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// Counting and waking are one step: a process that is killed has done both or neither. Everybody
// who sleeps is woken, and looks again: would one be chosen, its death would be everyone's sleep.
class tally {
 public:
  // Values of the word.
  //   bit 0      awaited: somebody may sleep until the word changes
  //   bits 1-2   marks: see below
  //   bits 3-31  the count, modulo 2^29
  enum mark : std::uint32_t { closed = 2, dropped = 4 };
  static constexpr std::uint32_t modulus = 1U << 29;

  class value {
   public:
    [[nodiscard]] std::uint32_t count() const noexcept { return word_ / one; }
    [[nodiscard]] std::uint32_t marks() const noexcept { return word_ & (closed | dropped); }
    [[nodiscard]] bool has(mark which) const noexcept { return (word_ & which) != 0; }
    [[nodiscard]] bool awaited() const noexcept { return (word_ & tally::awaited) != 0; }

    // How many this count is ahead of that one.
    [[nodiscard]] std::uint32_t ahead_of(value other) const noexcept {
      return (count() - other.count()) % modulus;
    }

   private:
    friend tally;
    explicit value(std::uint32_t word) noexcept : word_(word) {}
    std::uint32_t word_;
  };

  // Acquires: whoever sees a count sees what was written before it was reached.
  [[nodiscard]] value load() const noexcept { return value(word_.load()); }

  // REQUIRES of both: nobody else counts. The second lets sleepers sleep.
  void count_one() noexcept;
  void count_one_quietly() noexcept;

  void set(std::uint32_t marks) noexcept;  // Wakes all.

  // Says that somebody will sleep, and what word() is then; nothing if it is not as seen any more.
  [[nodiscard]] std::optional<std::uint32_t> await_change(value seen) noexcept;
  [[nodiscard]] const atomic<std::uint32_t>& word() const noexcept { return word_; }

 private:
  static constexpr std::uint32_t awaited = 1;
  static constexpr std::uint32_t one = 8;

  atomic<std::uint32_t> word_{0};
};

}  // namespace par::inline PAR_ABI::detail
