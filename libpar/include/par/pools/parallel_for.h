// A loop whose iterations run on several threads.
//
//   par::parallel_for(pool, 0, rows, [&](int row) { transform(row); });
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>

#include "par/base/function_ref.h"
#include "par/base/sync.h"
#include "par/pools/executor.h"

namespace par::inline PAR_ABI {

namespace detail {

// Runs body on the calling thread and, at the same time, on up to `helpers` threads of the executor
// as they become free; returns when all that began have ended. Helpers that come too late do not
// begin, so this never waits for a queued task and can be nested to any depth. Rethrows the first
// exception.
void run_team(executor& on, std::size_t helpers, function_ref<void()> body);

}  // namespace detail

// Calls f(i) for each i in [first, last), in no particular order, on the calling thread and those
// of the executor; returns when all calls have. `grain` is the least number of iterations worth
// handing to a thread, at least 1. If a call throws, iterations not yet begun are left out and the
// first exception is rethrown.
//
// Schedule: guided self-scheduling (Polychronopoulos and Kuck, 1987): a thread takes a fixed share
// of what is left, so pieces shrink towards the end.
template <std::integral Index, class F>
void parallel_for(executor& on, Index first, Index last, F f, std::size_t grain = 1) {
  if (first >= last) return;
  const auto count = static_cast<std::size_t>(last) - static_cast<std::size_t>(first);
  const std::size_t threads = on.concurrency();
  grain = std::max<std::size_t>(grain, 1);
  detail::atomic<std::size_t> next{0};

  const auto index_at = [first](std::size_t i) {  // Unsigned, so that it cannot overflow.
    return static_cast<Index>(static_cast<std::size_t>(first) + i);
  };
  const auto take = [&](std::size_t& begin) {  // How many were taken; 0 when nothing is left.
    // Relaxed: the counter orders nothing but itself; run_team publishes the results.
    begin = next.load(std::memory_order_relaxed);
    std::size_t share;
    do {
      if (begin >= count) return std::size_t{0};
      share = std::min(count - begin, std::max(grain, (count - begin) / (4 * threads)));
    } while (!next.compare_exchange_weak(begin, begin + share, std::memory_order_relaxed));
    return share;
  };
  const auto body = [&] {
    try {
      std::size_t begin;
      while (const std::size_t share = take(begin)) {
        for (std::size_t i = begin; i < begin + share; ++i) f(index_at(i));
      }
    } catch (...) {
      next.store(count, std::memory_order_relaxed);
      throw;
    }
  };
  detail::run_team(on, std::min(threads, (count - 1) / grain + 1) - 1, body);
}

}  // namespace par::inline PAR_ABI
