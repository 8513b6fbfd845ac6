// The engine of parallel_for: how iterations are shared out.
#pragma once

#include <cstddef>

#include "par/base/function_ref.h"
#include "par/base/sync.h"
#include "par/pools/executor.h"

namespace par::inline PAR_ABI::detail {

// About how many iterations of one loop of the program run in the time a piece should take, learnt
// from its last run; 0 before the first. A guess that only speed depends on, so shared freely.
using loop_pace = atomic<std::size_t>;

// The pace of the loops whose body is an F.
template <class F>
inline constinit loop_pace pace_of{0};

// Calls block(begin, end) for pieces that together make up [0, count), each of at least `grain`
// iterations but the last. Returns, and throws, as parallel_for does.
void run_loop(executor& on, std::size_t count, std::size_t grain, loop_pace& pace,
              function_ref<void(std::size_t, std::size_t)> block);

}  // namespace par::inline PAR_ABI::detail
