// What the benchmarks of libpar share. A case is named case/contender; contenders are par, tbb,
// std.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

#include "par/pools/thread_pool.h"
#include "par/tbb/tbb_executor.h"

namespace bench {

// As many as the machine that the figures are for has processors.
constexpr std::size_t threads = 2;

}  // namespace bench
