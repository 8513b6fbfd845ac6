// Runs a test's body where a recursion of a hundred thousand calls, however small, has no room.
#pragma once

#include <cstddef>
#include <utility>

#include "par/pools/thread.h"

template <class F>
void on_small_stack(F body) {
  constexpr std::size_t bytes = 256 * std::size_t{1024};
  par::thread({.daemon = false, .stack_size = bytes}, std::move(body)).join();
}
