// Gives a lock back for the time of a wait, with all its levels, and takes it again.
#pragma once

#include <concepts>
#include <cstddef>

#include "par/base/abi.h"
#include "par/base/thread_safety.h"

namespace par::inline PAR_ABI::detail {

// Can be held many times over by one thread: par::recursive_mutex.
template <class Lock>
concept levelled = requires(Lock& lock, std::size_t levels) {
  { lock.unlock_all() } -> std::same_as<std::size_t>;
  lock.lock_all(levels);
};

// A guard such as unique_lock that holds one of these. While it waits the guard says that it owns
// the lock, which nobody can see.
template <class Lock>
concept holds_levelled = requires(Lock& lock) {
  { *lock.mutex() } -> levelled;
  { lock.owns_lock() } -> std::convertible_to<bool>;
};

// How many levels it had, for take_again.
template <class Lock>
std::size_t give_back(Lock& lock) PAR_NO_THREAD_SAFETY_ANALYSIS {
  if constexpr (levelled<Lock>) {
    return lock.unlock_all();
  } else if constexpr (holds_levelled<Lock>) {
    if (lock.owns_lock()) return lock.mutex()->unlock_all();
    lock.unlock();  // Throws: that is a guard's answer to misuse.
    return 0;
  } else {
    lock.unlock();
    return 1;
  }
}

template <class Lock>
void take_again(Lock& lock, std::size_t levels) PAR_NO_THREAD_SAFETY_ANALYSIS {
  if constexpr (levelled<Lock>) {
    lock.lock_all(levels);
  } else if constexpr (holds_levelled<Lock>) {
    lock.mutex()->lock_all(levels);
  } else {
    lock.lock();
  }
}

}  // namespace par::inline PAR_ABI::detail
