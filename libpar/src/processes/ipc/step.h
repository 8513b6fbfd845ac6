// Labelled steps of what processes share: places where a test lets a process vanish.
//
//   word.store(unlocked);
//   ipc_step("mutex.unlock.before_wake");
//   futex_wake(word, 1);
//
// A test sets `ipc_step_hook` in the process that is to die; the hook compares the label and kills
// itself with SIGKILL. Elsewhere it is null, and a step is one load and one branch.
#pragma once

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

#ifdef PAR_MODEL

inline void ipc_step(const char* /*label*/) {}  // There, a thread may vanish at every step.

#else

inline constinit atomic<void (*)(const char* label)> ipc_step_hook{nullptr};

inline void ipc_step(const char* label) {
  // Relaxed: set before the thread that takes the step goes on.
  const auto hook = ipc_step_hook.load(std::memory_order_relaxed);
  if (hook != nullptr) [[unlikely]]
    hook(label);
}

#endif

}  // namespace par::inline PAR_ABI::detail
