// The engine of parallel_sort: who sorts which part.
#pragma once

#include <cstddef>
#include <utility>

#include "par/pools/executor.h"

namespace par::inline PAR_ABI::detail {

// Positions [begin, end) of the range, with what quick_sort.h must know about them.
struct sort_part {
  std::size_t begin;
  std::size_t end;
  int bad_pivots_left;
  bool leftmost;

  [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
};

// Called by several threads at once, each with parts of its own.
class sort_steps {
 public:
  // One step of quicksort: what is left to be sorted, in two independent parts.
  virtual std::pair<sort_part, sort_part> divide(sort_part part) = 0;
  virtual void finish(sort_part part) = 0;

 protected:
  ~sort_steps() = default;
};

// Parts are divided until they have no more than `small` positions, then finished. Rethrows the
// first exception, when nobody works on a part any more.
void run_sort(executor& on, sort_part all, std::size_t small, sort_steps& steps);

// How small a part should be, so that all threads get many.
[[nodiscard]] std::size_t small_sort_part(const executor& on, std::size_t count);

}  // namespace par::inline PAR_ABI::detail
