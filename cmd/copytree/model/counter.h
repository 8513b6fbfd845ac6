// A number that several threads add to and anybody may look at.
#pragma once

#include <atomic>
#include <cstdint>

namespace copytree {

using counter = std::atomic<std::uint64_t>;

// Relaxed: the number orders nothing but itself.
inline void add(counter& to, std::uint64_t amount = 1) {
  to.fetch_add(amount, std::memory_order_relaxed);
}

}  // namespace copytree
