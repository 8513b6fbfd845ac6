// A value that several processes read and write, with a lock beside it.
//
//   par::shared_value<int> counter;
//   par::process child = par::process::fork([counter] {
//     counter.with_lock([](int& count) { ++count; });
//   });
#pragma once

#include <mutex>
#include <utility>

#include "par/processes/ipc/shared_block.h"

namespace par::inline PAR_ABI {

// A handle: copies, also those sent to other processes, are the same value. It has a recursive lock
// of its own, or the one that it is given, or none:
//
//   par::shared_value<int> own(1);
//   par::shared_value<int, par::ipc::mutex> with(1, guard);
//   par::shared_value<int, par::unguarded> without(1);
//
// Thread-safe as far as it is guarded; as a handle, not. What takes the lock throws ipc::owner_died
// after a process died with it; then guard().recover() and see to the value.
template <class T, shareable_lock Lock = ipc::recursive_mutex>
class shared_value : public detail::guarded_block<T, Lock> {
  using base = detail::guarded_block<T, Lock>;

 public:
  using value_type = T;

  // These throw as shared_memory does.
  shared_value() : shared_value(T()) {}
  explicit shared_value(const T& value) : base(1) { unlocked() = value; }
  shared_value(const T& value, Lock lock) : base(1, std::move(lock)) { unlocked() = value; }

  [[nodiscard]] T get() const {
    const std::lock_guard lock(this->guard());
    return base::load_element(unlocked());
  }
  void set(const T& value) const {
    const std::lock_guard lock(this->guard());
    base::store_element(unlocked(), value);
  }

  // f(T&) with the lock held, and what it returns.
  template <class F>
  decltype(auto) with_lock(F f) const {
    const std::lock_guard lock(this->guard());
    return f(unlocked());
  }

  void load(parcel_reader& from) {
    base::load(from);
    if (this->count() != 1) throw codec_error("codec: shared memory holds no single value");
  }

  // REQUIRES: the lock is held, or the caller knows that nobody else writes.
  [[nodiscard]] T& unlocked() const { return *this->elements(); }
};

}  // namespace par::inline PAR_ABI
