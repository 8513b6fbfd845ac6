// Work of a known length that no compiler shortens.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace bench {

// A chain of dependent multiplications, each about 1.3 ns at 3 GHz.
inline std::size_t spend(std::size_t steps) {
  std::size_t x = steps + 1;
  for (std::size_t i = 0; i < steps; ++i) x = x * 6364136223846793005U + 1442695040888963407U;
  return x;
}

// How many steps take a microsecond on this machine: the best of several tries, measured once.
inline std::size_t steps_per_microsecond() {
  static const std::size_t steps = [] {
    using clock = std::chrono::steady_clock;
    constexpr std::size_t tried = 1'000'000;
    auto best = clock::duration::max();
    volatile std::size_t sink = 0;
    for (int i = 0; i < 20; ++i) {
      const auto begin = clock::now();
      sink = spend(tried + (sink & 1));
      best = std::min(best, clock::now() - begin);
    }
    const double us = std::chrono::duration<double, std::micro>(best).count();
    return static_cast<std::size_t>(static_cast<double>(tried) / us);
  }();
  return steps;
}

}  // namespace bench
