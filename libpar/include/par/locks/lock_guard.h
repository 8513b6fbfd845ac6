// Scoped holders of a lock, annotated for clang's thread-safety analysis.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>  // std::defer_lock and its like
#include <system_error>
#include <utility>

#include "par/base/abi.h"
#include "par/base/thread_safety.h"

namespace par::inline PAR_ABI {

// Holds a lock from construction to destruction.
template <class Mutex>
class PAR_SCOPED_CAPABILITY lock_guard {
 public:
  using mutex_type = Mutex;

  explicit lock_guard(Mutex& mutex) PAR_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  lock_guard(Mutex& mutex, std::adopt_lock_t) PAR_REQUIRES(mutex) : mutex_(mutex) {}  // Held.
  // Unlocking throws only where nobody holds the lock: a program that is wrong ends here.
  // NOLINTNEXTLINE(bugprone-exception-escape)
  ~lock_guard() PAR_RELEASE() { mutex_.unlock(); }

  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  Mutex& mutex_;
};

// Holds a lock that can be given back and taken again in between, or taken later; what
// condition_variable waits with. As std::unique_lock: locking what is held throws std::system_error
// (resource_deadlock_would_occur), unlocking what is not, or locking nothing (a moved-from or
// released one), operation_not_permitted. The analysis cannot follow the conditional and movable
// ones; it takes a moved lock for held where it was taken.
template <class Mutex>
class PAR_SCOPED_CAPABILITY unique_lock {
 public:
  using mutex_type = Mutex;

  unique_lock() noexcept = default;
  explicit unique_lock(Mutex& mutex) PAR_ACQUIRE(mutex) : mutex_(std::addressof(mutex)) { lock(); }
  unique_lock(Mutex& mutex, std::defer_lock_t) noexcept PAR_EXCLUDES(mutex)
      : mutex_(std::addressof(mutex)) {}
  unique_lock(Mutex& mutex, std::adopt_lock_t) noexcept PAR_REQUIRES(mutex)
      : mutex_(std::addressof(mutex)), owns_(true) {}
  unique_lock(Mutex& mutex, std::try_to_lock_t)
      : mutex_(std::addressof(mutex)), owns_(mutex.try_lock()) {}
  template <class Rep, class Period>
  unique_lock(Mutex& mutex, std::chrono::duration<Rep, Period> span)
      : mutex_(std::addressof(mutex)), owns_(mutex.try_lock_for(span)) {}
  template <class Clock, class Duration>
  unique_lock(Mutex& mutex, std::chrono::time_point<Clock, Duration> time)
      : mutex_(std::addressof(mutex)), owns_(mutex.try_lock_until(time)) {}

  ~unique_lock() PAR_RELEASE() {  // NOLINT(bugprone-exception-escape): as in ~lock_guard.
    if (owns_) mutex_->unlock();
  }

  unique_lock(unique_lock&& other) noexcept
      : mutex_(std::exchange(other.mutex_, nullptr)), owns_(std::exchange(other.owns_, false)) {}
  unique_lock& operator=(unique_lock&& other) noexcept {
    unique_lock(std::move(other)).swap(*this);
    return *this;
  }

  void lock() PAR_ACQUIRE() {
    require_unlocked();
    mutex_->lock();
    owns_ = true;
  }
  bool try_lock() PAR_TRY_ACQUIRE(true) {
    require_unlocked();
    return owns_ = mutex_->try_lock();
  }
  template <class Rep, class Period>
  bool try_lock_for(std::chrono::duration<Rep, Period> span) PAR_TRY_ACQUIRE(true) {
    require_unlocked();
    return owns_ = mutex_->try_lock_for(span);
  }
  template <class Clock, class Duration>
  bool try_lock_until(std::chrono::time_point<Clock, Duration> time) PAR_TRY_ACQUIRE(true) {
    require_unlocked();
    return owns_ = mutex_->try_lock_until(time);
  }

  void unlock() PAR_RELEASE() {
    if (!owns_) fail(std::errc::operation_not_permitted);
    owns_ = false;
    mutex_->unlock();
  }

  // Lets go of the lock without unlocking it.
  Mutex* release() noexcept {
    owns_ = false;
    return std::exchange(mutex_, nullptr);
  }

  void swap(unique_lock& other) noexcept {
    std::swap(mutex_, other.mutex_);
    std::swap(owns_, other.owns_);
  }
  friend void swap(unique_lock& a, unique_lock& b) noexcept { a.swap(b); }

  [[nodiscard]] bool owns_lock() const noexcept { return owns_; }
  explicit operator bool() const noexcept { return owns_; }
  [[nodiscard]] Mutex* mutex() const noexcept { return mutex_; }

 private:
  void require_unlocked() const {
    if (mutex_ == nullptr) fail(std::errc::operation_not_permitted);
    if (owns_) fail(std::errc::resource_deadlock_would_occur);
  }
  [[noreturn]] static void fail(std::errc why) {
    throw std::system_error(std::make_error_code(why), "unique_lock");
  }

  Mutex* mutex_ = nullptr;
  bool owns_ = false;
};

}  // namespace par::inline PAR_ABI
