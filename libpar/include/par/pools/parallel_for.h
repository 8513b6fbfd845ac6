// A loop whose iterations run on several threads.
//
//   par::parallel_for(pool, 0, rows, [&](int row) { transform(row); });
//   par::parallel_for_each(pool, files, [&](file& each) { check(each); });
//   par::parallel_for_blocks(pool, 0, n, [&](int begin, int end) { sum_up(begin, end); });
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <ranges>

#include "par/pools/executor.h"
#include "par/pools/loop.h"

namespace par::inline PAR_ABI {

// Calls f(i) for each i in [first, last), in no particular order, on the calling thread and those
// of the executor; returns when all calls have. `grain` is the least number of iterations that is
// handed to a thread at once; 0 counts as 1. If a call throws, iterations not yet begun are left
// out and the first exception is rethrown. Loops may be nested to any depth and called from tasks:
// they never wait for a queued task. No allocation of its own.
//
// How many iterations make a piece is found by measuring: each thread takes from a common counter
// what it expects to last about ten microseconds, and less towards the end. A loop that was shorter
// than that altogether the last time (loops are told apart by the type of f) begins on the calling
// thread alone, and calls for help once it lasts longer.
template <std::integral Index, class F>
void parallel_for(executor& on, Index first, Index last, F f, std::size_t grain = 1) {
  if (first >= last) return;
  const auto index_at = [first](std::size_t i) {  // Unsigned, so that it cannot overflow.
    return static_cast<Index>(static_cast<std::size_t>(first) + i);
  };
  const auto block = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) f(index_at(i));
  };
  detail::run_loop(on, static_cast<std::size_t>(last) - static_cast<std::size_t>(first), grain,
                   detail::pace_of<F>, block);
}

// The same with f(begin, end) for each piece: for bodies that set something up once for a piece, or
// that the compiler should see as a whole.
template <std::integral Index, class F>
void parallel_for_blocks(executor& on, Index first, Index last, F f, std::size_t grain = 1) {
  if (first >= last) return;
  const auto index_at = [first](std::size_t i) {
    return static_cast<Index>(static_cast<std::size_t>(first) + i);
  };
  const auto block = [&](std::size_t begin, std::size_t end) { f(index_at(begin), index_at(end)); };
  detail::run_loop(on, static_cast<std::size_t>(last) - static_cast<std::size_t>(first), grain,
                   detail::pace_of<F>, block);
}

// The same with f(element) for each element of the range.
template <std::ranges::random_access_range Range, class F>
  requires std::ranges::sized_range<Range>
void parallel_for_each(executor& on, Range&& range, F f, std::size_t grain = 1) {
  const auto first = std::ranges::begin(range);
  using distance = std::ranges::range_difference_t<Range>;
  const auto block = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) std::invoke(f, first[static_cast<distance>(i)]);
  };
  detail::run_loop(on, static_cast<std::size_t>(std::ranges::size(range)), grain,
                   detail::pace_of<F>, block);
}

}  // namespace par::inline PAR_ABI
