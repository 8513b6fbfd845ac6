// Routines that other threads have made ready.
#pragma once

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/coroutines/routine.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

// Filled by any thread, emptied by one. May be destroyed once all that were put in have been taken
// out, even if put() has not returned.
class inbox {
 public:
  void put(routine& ready);

  // Those that are in, in the order in which they came.
  routine_list take_all();

  // Until something is in, or the time is up.
  void wait_until(deadline until);

 private:
  mutex guard_;
  condition_variable filled_;
  routine_list content_ PAR_GUARDED_BY(guard_);
  atomic<bool> has_some_ = false;  // Written under the guard; says whether it pays to take that.
};

}  // namespace par::inline PAR_ABI::detail
