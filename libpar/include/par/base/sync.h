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
#include <bit>
#include <cstddef>
#include <cstdint>

#include "par/base/abi.h"
#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

template <class T>
using atomic = std::atomic<T>;
template <class T>
using atomic_ref = std::atomic_ref<T>;

// Sleeps while word holds `expected`, until woken or the deadline passes. May return early for no
// reason: callers look at the word again. False only if the deadline passed.
bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until = deadline::never()) noexcept;

// Wakes up to `count` sleepers. The word may already be gone: only its address is used.
void futex_wake(const atomic<std::uint32_t>& word, int count) noexcept;
void futex_wake_all(const atomic<std::uint32_t>& word) noexcept;

// The same for words in memory that processes share; a lock that stays within one is quicker
// private.
bool futex_wait_shared(const atomic<std::uint32_t>& word, std::uint32_t expected,
                       deadline until = deadline::never()) noexcept;
void futex_wake_shared(const atomic<std::uint32_t>& word, int count) noexcept;
void futex_wake_all_shared(const atomic<std::uint32_t>& word) noexcept;

// Changes the word and wakes all that sleep on it, by one call of the system: a process that is
// killed has done both or neither. What it did before is seen by those who see the change.
enum class word_change { set, add, set_bits };
constexpr std::uint32_t largest_change = 2047;  // The kernel's limit of the operand.
void futex_change_shared(atomic<std::uint32_t>& word, word_change how,
                         std::uint32_t operand) noexcept;

// Where to sleep on a longer word: for its address only.
inline const atomic<std::uint32_t>& low_half(const atomic<std::uint64_t>& word) noexcept {
  constexpr std::size_t at = std::endian::native == std::endian::little ? 0 : 1;
  // NOLINTNEXTLINE(*-reinterpret-cast): nothing is read through it.
  return reinterpret_cast<const atomic<std::uint32_t>*>(&word)[at];
}

// Says that plain bytes in shared memory are about to be read or written, which the model watches.
inline void reads_plain(const void* /*from*/, std::size_t /*bytes*/) noexcept {}
inline void writes_plain(const void* /*to*/, std::size_t /*bytes*/) noexcept {}

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
