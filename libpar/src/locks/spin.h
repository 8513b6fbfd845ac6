// Waits busily for a short while, before a thread goes to sleep.
#pragma once

#include <sched.h>

#include "par/base/abi.h"
#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// Longer than another thread takes for a short step under a lock, shorter than to sleep and be
// woken takes (some microseconds). Pauses grow, so that the waiters leave the cache line to the
// holder.
#ifdef PAR_MODEL
constexpr int longest_spin = 1;  // One look is as good as many, and explored sooner.
#else
constexpr int longest_spin = 128;
#endif

// With one processor whoever is waited for cannot run meanwhile. Asked once: a thread that is later
// confined to one spins in vain, but not for long.
inline bool has_several_processors() noexcept {
  static const bool several = [] {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) > 1;
  }();
  return several;
}

// True as soon as try_once() is; false when it has been tried for long enough.
template <class Try>
bool spin_with_backoff(Try try_once) noexcept {
  if (!has_several_processors()) return false;
  for (int pauses = 1; pauses <= longest_spin; pauses *= 2) {
    for (int i = 0; i < pauses; ++i) spin_pause();
    if (try_once()) return true;
  }
  return false;
}

}  // namespace par::inline PAR_ABI::detail
