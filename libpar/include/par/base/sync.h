// The one door to atomics and futexes: every primitive of libpar goes through it.
//
// A library compiled with PAR_MODEL takes both from the deterministic scheduler of tests/model
// instead, which then decides every interleaving. For that to hold, nothing else in libpar names
// std::atomic, a futex or a condition variable of the system.
#pragma once

#ifdef PAR_MODEL

#include "model/sync.h"

#else

#include <atomic>
#include <cstdint>

#include "par/base/abi.h"
#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

template <class T>
using atomic = std::atomic<T>;

// Sleeps while word holds `expected`, until woken or the deadline passes. May return early for no
// reason: callers look at the word again. False only if the deadline passed.
bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until = deadline::never()) noexcept;

// Wakes up to `count` sleepers. The word may already be gone: only its address is used.
void futex_wake(const atomic<std::uint32_t>& word, int count) noexcept;
void futex_wake_all(const atomic<std::uint32_t>& word) noexcept;

// For the body of a loop that waits for another thread to change an atomic. The model runs another
// thread first, so that a spinning one does not make it explore every number of rounds.
inline void spin_pause() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");  // Waits longer than yield, which most cores ignore.
#endif
}

}  // namespace par::inline PAR_ABI::detail

#endif
