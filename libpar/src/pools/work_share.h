// The part of a loop that one thread has for itself, and that others may halve.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// Iterations [begin, end).
struct span_of_work {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] std::uint32_t size() const noexcept { return end - begin; }
  [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

// Its owner takes from the front, thieves take from the back: lazy splitting, in that a share is
// only divided when somebody asks (Tzannes, Caragea, Barua and Vishkin, "Lazy Binary-Splitting",
// 2010).
//
// Both ends are one word, so each step is one compare-and-exchange. A span never comes back once a
// part of it was taken, so equal words mean that nothing has happened. All orders are relaxed: the
// word says who runs what, and nothing else is published through it.
class alignas(64) work_share {
 public:
  // By the owner, whose share is empty: a thief leaves an empty share alone.
  void fill(span_of_work all) noexcept { word_.store(pack(all), std::memory_order_relaxed); }

  // By the owner: up to `most` from the front, but no more than leaves half to thieves, unless that
  // would be less than `least`.
  span_of_work take(std::uint32_t least, std::uint32_t most) noexcept {
    return change([&](span_of_work left) {
      const std::uint32_t size = std::min({left.size(), most, std::max(least, left.size() / 2)});
      return split{{left.begin, left.begin + size}, {left.begin + size, left.end}};
    });
  }

  // By anybody: the back half, or all when that would be less than `least`.
  span_of_work steal(std::uint32_t least) noexcept {
    return change([&](span_of_work left) {
      const std::uint32_t size = std::min(left.size(), std::max(least, left.size() / 2));
      return split{{left.end - size, left.end}, {left.begin, left.end - size}};
    });
  }

  [[nodiscard]] std::uint32_t size() const noexcept {
    return unpack(word_.load(std::memory_order_relaxed)).size();
  }

 private:
  struct split {
    span_of_work taken;
    span_of_work left;
  };

  template <class Split>
  span_of_work change(Split how) noexcept {
    std::uint64_t seen = word_.load(std::memory_order_relaxed);
    for (;;) {
      if (unpack(seen).empty()) return {};
      const split parts = how(unpack(seen));
      if (word_.compare_exchange_weak(seen, pack(parts.left), std::memory_order_relaxed)) {
        return parts.taken;
      }
    }
  }

  static constexpr int half = std::numeric_limits<std::uint32_t>::digits;
  static std::uint64_t pack(span_of_work s) noexcept {
    return std::uint64_t{s.end} << half | s.begin;
  }
  static span_of_work unpack(std::uint64_t word) noexcept {
    return {static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> half)};
  }

  atomic<std::uint64_t> word_{0};
};

}  // namespace par::inline PAR_ABI::detail
