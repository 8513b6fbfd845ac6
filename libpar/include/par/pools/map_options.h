// How map runs ahead of the one that takes its results.
#pragma once

#include <chrono>
#include <cstddef>
#include <stdexcept>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

struct map_options {
  // Results in the order of the items; false: each as soon as it is there, which costs time in the
  // number of tasks ahead.
  bool ordered = true;
  // How many items may have been pulled from the source beyond the result in hand: the bound on
  // memory. 0 means two chunks for each thread of the executor; at least one chunk.
  std::size_t window = 0;
  // How many items one task takes; 0 counts as 1. More make cheap calls cheaper.
  std::size_t chunk = 1;
  // Counted from begin(), as Python does: when the next result is not there by then, what has not
  // begun is cancelled and map_timeout is thrown.
  std::chrono::nanoseconds timeout = std::chrono::nanoseconds::max();
};

class map_timeout : public std::runtime_error {
 public:
  map_timeout() : std::runtime_error("map: a result was not there in time") {}
};

}  // namespace par::inline PAR_ABI
