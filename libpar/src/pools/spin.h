// A short wait for another running thread, before a sleep that would cost more than the wait.
#pragma once

#include <chrono>
#include <thread>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// How often a thread that waits for a task looks again before it sleeps; about two microseconds.
#ifdef PAR_MODEL
constexpr int spins_before_sleep = 1;  // More rounds would show nothing new.
#else
constexpr int spins_before_sleep = 50;
#endif

// Looks again and again for at most `span`, which should be about what a sleep and a wake-up cost.
// False if the condition did not come true.
template <class Condition>
bool spin_for(std::chrono::steady_clock::duration span, Condition done) {
  constexpr int looks_per_clock = 32;
  const auto end = std::chrono::steady_clock::now() + span;
  do {
    for (int i = 0; i < looks_per_clock; ++i) {
      if (done()) return true;
      spin_pause();
    }
    std::this_thread::yield();  // The other thread may be waiting for this processor.
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

}  // namespace par::inline PAR_ABI::detail
