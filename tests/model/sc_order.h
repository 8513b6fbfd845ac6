// The one order of all sequentially consistent operations of a run, as far as it is fixed.
#pragma once

#include <bitset>
#include <cstddef>
#include <vector>

#include "model/vector_clock.h"

namespace model {

// C++20 ([atomics.order]) asks that there be an order in which an operation comes after each one
// that happens before it, and after each one on the same atomic that is coherence-ordered before
// it. It need not be the order in which they ran here: only what is asked for is kept.
class sc_order {
 public:
  static constexpr std::size_t capacity = 192;
  using operations = std::bitset<capacity>;

  [[nodiscard]] bool full() const { return all_.size() == capacity; }

  // Those that happen before the next step of a thread that knows this much, and all before them.
  [[nodiscard]] operations known_to(const vector_clock& known) const;

  // One, and all before it.
  [[nodiscard]] operations until(std::size_t which) const;

  // A new one; returns its number. REQUIRES: `before` is closed, and not full().
  std::size_t add(event by, const operations& before);

  // REQUIRES: `later` is not before `sooner`.
  void put_before(std::size_t sooner, std::size_t later);

 private:
  struct operation {
    event by;
    operations before;  // Closed: with each all before it.
  };
  std::vector<operation> all_;
};

}  // namespace model
