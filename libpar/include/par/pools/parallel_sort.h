// Sorting on several threads.
//
//   par::parallel_sort(pool, words);
//   par::parallel_sort(pool, rows.begin(), rows.end(), [](const row& a, const row& b) { ... });
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

#include "par/pools/executor.h"
#include "par/pools/quick_sort.h"
#include "par/pools/run_sort.h"

namespace par::inline PAR_ABI {

namespace detail {

template <class It, class Compare>
class typed_sort final : public sort_steps {
 public:
  typed_sort(It first, Compare& less) : first_(first), less_(less) {}

  std::pair<sort_part, sort_part> divide(sort_part part) override {
    const auto [left, right] = detail::divide(typed(part), less_);
    return {plain(left), plain(right)};
  }
  void finish(sort_part part) override { quick_sort(typed(part), less_); }

  [[nodiscard]] sort_part plain(unsorted<It> part) const {
    return {static_cast<std::size_t>(part.first - first_),
            static_cast<std::size_t>(part.last - first_), part.bad_pivots_left, part.leftmost};
  }

 private:
  using distance = typename std::iterator_traits<It>::difference_type;

  [[nodiscard]] unsorted<It> typed(sort_part part) const {
    return {first_ + static_cast<distance>(part.begin), first_ + static_cast<distance>(part.end),
            part.bad_pivots_left, part.leftmost};
  }

  const It first_;
  Compare& less_;
};

}  // namespace detail

// Sorts [first, last) by `less`, a strict weak ordering that may be called by several threads at
// once, on the calling thread and those of the executor. Not stable: equal elements may change
// places. In place; extra memory is O(log n) for each thread. O(n log n) comparisons, O(n) for what
// is sorted already or has few different values. If a comparison throws, the exception is rethrown
// and the range holds the same elements in some order; so it does when moving an element cannot
// throw. Can be nested and called from tasks, as parallel_for.
//
// Algorithm: quicksort whose parts are shared out, the largest first. Elements of up to two words
// that can be copied as bytes are partitioned without branches. The first division is one thread's
// work, so 2 threads can be at most about 1.9 times as fast as 1, and many about log(n) / 2 times.
template <std::random_access_iterator It, class Compare = std::less<>>
void parallel_sort(executor& on, It first, It last, Compare less = {}) {
  if (last - first < 2) return;
  detail::typed_sort<It, Compare> steps(first, less);
  const auto count = static_cast<std::size_t>(last - first);
  detail::run_sort(on, steps.plain(detail::all_unsorted(first, last)),
                   detail::small_sort_part(on, count), steps);
}

template <std::ranges::random_access_range Range, class Compare = std::less<>>
  requires std::ranges::common_range<Range>
void parallel_sort(executor& on, Range&& range, Compare less = {}) {
  parallel_sort(on, std::ranges::begin(range), std::ranges::end(range), std::move(less));
}

}  // namespace par::inline PAR_ABI
