// Standard input as it arrives.
#pragma once

#include <atomic>
#include <cstddef>
#include <span>

#include "par/base/expected.h"

namespace fib {

// What is there, after waiting for the first byte; 0 at the end, and once `stop` is true. The error
// is an errno.
[[nodiscard]] par::expected<std::size_t, int> read_input(std::span<char> into,
                                                         const std::atomic<bool>& stop);

}  // namespace fib
