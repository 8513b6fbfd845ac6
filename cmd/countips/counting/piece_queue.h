// Hands out the pieces of a file to those that count them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace countips {

// Pieces are numbers from 0 on. A taker gets those of a region of its own, one after the other, and
// then the last ones of the region that has most left. So it gets pieces that lie side by side:
// they are mostly of the same days, and what one taker alone has counted of a day need not be
// merged. Thread-safe.
class piece_queue {
 public:
  // takers >= 1.
  piece_queue(std::uint64_t pieces, std::size_t takers) : regions_(takers) {
    for (std::size_t i = 0; i < takers; ++i) {
      regions_[i] = {pieces * i / takers, pieces * (i + 1) / takers};
    }
  }

  // For the taker of that number; nullopt if none is left.
  [[nodiscard]] std::optional<std::uint64_t> take(std::size_t taker) {
    const par::lock_guard lock(guard_);
    region& own = regions_[taker];
    if (own.size() > 0) return own.begin++;
    region& longest = *std::ranges::max_element(regions_, {}, &region::size);
    if (longest.size() == 0) return std::nullopt;
    return --longest.end;
  }

 private:
  struct region {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t size() const noexcept { return end - begin; }
  };

  par::mutex guard_;
  std::vector<region> regions_ PAR_GUARDED_BY(guard_);
};

}  // namespace countips
