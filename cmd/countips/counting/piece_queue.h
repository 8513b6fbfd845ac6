// Hands out the pieces of a file to those that count them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace countips {

// Pieces are numbers from 0 on. A taker gets those of a region of its own, one after the other, and
// then the last ones of the region that has most left. So it gets pieces that lie side by side:
// they are mostly of the same days, and what one taker alone has counted of a day need not be
// merged.
//
// A handle: the regions, one for each taker, are somewhere else, and may be seen by several
// processes. Thread-safe and lock-free: who dies takes the piece with it that it had taken, and
// nothing else.
class piece_queue {
 public:
  // Both numbers of a region in one, so that they change together.
  using region = std::atomic<std::uint64_t>;
  static_assert(region::is_always_lock_free);

  // At least one taker, and fewer than 2^32 pieces. REQUIRES that nobody takes any yet.
  static void fill(std::span<region> regions, std::uint64_t pieces) noexcept {
    const std::uint64_t takers = regions.size();
    for (std::uint64_t i = 0; i < takers; ++i) {
      regions[i] = pack({pieces * i / takers, pieces * (i + 1) / takers});
    }
  }

  explicit piece_queue(std::span<region> regions) noexcept : regions_(regions) {}

  // For the taker of that number; nullopt if none is left.
  [[nodiscard]] std::optional<std::uint64_t> take(std::size_t taker) const noexcept {
    if (const auto first = take_from(regions_[taker], &ends::take_first)) return first;
    while (region* const longest = longest_region()) {
      if (const auto last = take_from(*longest, &ends::take_last)) return last;
    }
    return std::nullopt;
  }

 private:
  struct ends {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t size() const noexcept { return end - begin; }
    std::uint64_t take_first() noexcept { return begin++; }
    std::uint64_t take_last() noexcept { return --end; }
  };

  static ends ends_of(const region& where) noexcept {
    return unpack(where.load(std::memory_order_relaxed));
  }
  // Null if all are empty.
  [[nodiscard]] region* longest_region() const noexcept {
    region* longest = nullptr;
    std::uint64_t most = 0;
    for (region& each : regions_) {
      const std::uint64_t size = ends_of(each).size();
      if (size <= most) continue;
      longest = &each;
      most = size;
    }
    return longest;
  }

  static std::uint64_t pack(ends of) noexcept { return of.begin << 32 | of.end; }
  static ends unpack(std::uint64_t packed) noexcept { return {packed >> 32, packed & 0xffffffff}; }

  // Relaxed: nothing but the numbers themselves is handed over.
  static std::optional<std::uint64_t> take_from(region& where,
                                                std::uint64_t (ends::*take)() noexcept) noexcept {
    std::uint64_t before = where.load(std::memory_order_relaxed);
    while (true) {
      ends left = unpack(before);
      if (left.size() == 0) return std::nullopt;
      const std::uint64_t taken = (left.*take)();
      if (where.compare_exchange_weak(before, pack(left), std::memory_order_relaxed)) return taken;
    }
  }

  std::span<region> regions_;
};

}  // namespace countips
