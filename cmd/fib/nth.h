// Single Fibonacci numbers, computed by doubling and converted to decimal.
#pragma once

#include <cstdint>
#include <string>

#include "par/pools/executor.h"

namespace fib {

// F(index) in decimal. REQUIRES index <= largest_index. Thread-safe. Cannot be interrupted: GMP
// takes some 6 s for index 10^8, and ends the process when memory runs out.
[[nodiscard]] std::string number(std::uint64_t index);

// Two neighbours in decimal: what a sequence of additions starts from.
struct neighbours {
  std::string before_last;
  std::string last;
};

// F(index - 2) and F(index - 1), where F(-1) is 1. REQUIRES 1 <= index <= largest_index.
[[nodiscard]] neighbours numbers_before(std::uint64_t index);

// The same, one of the two converted on the executor. Not to be called from its tasks.
[[nodiscard]] neighbours numbers_before(std::uint64_t index, par::executor& on);

}  // namespace fib
