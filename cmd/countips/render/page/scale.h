// The scale of an axis, with round numbers for its ticks.
#pragma once

#include <cstdint>
#include <vector>

namespace countips {

// Begins at 0. A step is 1, 2 or 5 times a power of ten.
struct scale {
  std::uint64_t step = 1;
  std::uint64_t top = 1;  // The last tick; no value is above it.

  [[nodiscard]] std::vector<std::uint64_t> ticks() const;  // From 0 to the top.

  // The part of the axis that a value takes, in 0..1.
  [[nodiscard]] double share(std::uint64_t value) const {
    return static_cast<double>(value) / static_cast<double>(top);
  }

  // The one with the smallest steps of which `intervals` at most reach as far as `most`. REQUIRES:
  // intervals >= 1, most <= 10^18.
  [[nodiscard]] static scale up_to(std::uint64_t most, unsigned intervals);
};

}  // namespace countips
