// Scoped holders of a lock, annotated for clang's thread-safety analysis.
#pragma once

#include <mutex>
#include <system_error>

#include "par/base/abi.h"
#include "par/base/thread_safety.h"

namespace par::inline PAR_ABI {

// Holds a lock from construction to destruction.
template <class Mutex>
class PAR_SCOPED_CAPABILITY lock_guard {
 public:
  explicit lock_guard(Mutex& mutex) PAR_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~lock_guard() PAR_RELEASE() { mutex_.unlock(); }

  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  Mutex& mutex_;
};

// Holds a lock that can be given back and taken again in between; what condition_variable waits
// with. Locking twice or unlocking what is not held throws std::system_error.
template <class Mutex>
class PAR_SCOPED_CAPABILITY unique_lock {
 public:
  explicit unique_lock(Mutex& mutex) PAR_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~unique_lock() PAR_RELEASE() {
    if (owns_) mutex_.unlock();
  }

  unique_lock(const unique_lock&) = delete;
  unique_lock& operator=(const unique_lock&) = delete;

  void lock() PAR_ACQUIRE() {
    if (owns_)
      throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur));
    mutex_.lock();
    owns_ = true;
  }

  void unlock() PAR_RELEASE() {
    if (!owns_) throw std::system_error(std::make_error_code(std::errc::operation_not_permitted));
    owns_ = false;
    mutex_.unlock();
  }

  [[nodiscard]] bool owns_lock() const noexcept { return owns_; }

 private:
  Mutex& mutex_;
  bool owns_ = true;
};

}  // namespace par::inline PAR_ABI
