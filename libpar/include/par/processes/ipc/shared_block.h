// Elements in shared memory with room for a lock beside them: what shared_value and shared_array
// are made of.
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "par/base/sync.h"
#include "par/processes/ipc/recursive_mutex.h"
#include "par/processes/ipc/shared_handle.h"

namespace par::inline PAR_ABI {

// In the place of a lock: the program knows by itself that no two processes write at the same time.
struct unguarded {
  void lock() const noexcept {}
  void unlock() const noexcept {}
  [[nodiscard]] bool try_lock() const noexcept { return true; }

  template <class Archive>
  void serialize(Archive& archive) const {
    static_cast<void>(archive);
  }
};

// What may lie in shared memory: plain bytes, that mean the same in every process.
template <class T>
concept shareable = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> &&
                    !std::is_member_pointer_v<T> && !std::is_const_v<T>;

// What may guard it: any lock of par::ipc that the guards of std know, or unguarded.
template <class Lock>
concept shareable_lock = requires(const Lock& lock) {
  lock.lock();
  lock.unlock();
};

namespace detail {

class shared_block : public shared_handle {
 protected:
  // Zeroed. Throws std::length_error if that is too much to be counted, or as shared_memory does.
  shared_block(std::size_t count, std::size_t element_size, std::size_t alignment);

  [[nodiscard]] std::byte* data() const;
  [[nodiscard]] std::size_t count() const;

  // Throws codec_error if the elements are of another size.
  void load_block(parcel_reader& from, std::size_t element_size);

  // The lock beside the elements, which is one for all processes.
  [[nodiscard]] ipc::recursive_mutex make_lock() const;
  [[nodiscard]] ipc::recursive_mutex find_lock() const;

 private:
  struct shared_state;
};

// With a lock of its own, or the caller's.
template <class T, shareable_lock Lock>
class guarded_block : public shared_block {
  static_assert(shareable<T>, "only what is trivially copyable, and no pointer, can be shared");

 public:
  // The lock: for std's guards, for a condition_variable, and to recover it.
  [[nodiscard]] const Lock& guard() const noexcept { return lock_; }

  void save(parcel_writer& to) const {
    shared_block::save(to);
    to(own_lock_);
    if (!own_lock_) to(lock_);
  }
  void load(parcel_reader& from) {
    load_block(from, sizeof(T));
    from(own_lock_);
    if (!own_lock_) {
      from(lock_);
    } else if constexpr (lies_beside) {
      lock_ = find_lock();
    }
  }

 protected:
  explicit guarded_block(std::size_t count)
      : shared_block(count, sizeof(T), alignof(T)), own_lock_(lies_beside), lock_(new_lock()) {}
  guarded_block(std::size_t count, Lock lock)
      : shared_block(count, sizeof(T), alignof(T)), lock_(std::move(lock)) {}

  [[nodiscard]] T* elements() const {
    return reinterpret_cast<T*>(data());  // NOLINT(*-reinterpret-cast): T is plain bytes.
  }

  // Not torn where the processor can, so that even unguarded values are values.
  [[nodiscard]] static T load_element(T& from) {
    if constexpr (whole_at_once()) {
      return atomic_ref<T>(from).load(std::memory_order_relaxed);
    } else {
      return from;
    }
  }
  static void store_element(T& to, const T& value) {
    if constexpr (whole_at_once()) {
      atomic_ref<T>(to).store(value, std::memory_order_relaxed);
    } else {
      to = value;
    }
  }

 private:
  static constexpr bool lies_beside = std::same_as<Lock, ipc::recursive_mutex>;

  static constexpr bool whole_at_once() {
    if constexpr (sizeof(T) <= 8 && (sizeof(T) & (sizeof(T) - 1)) == 0) {
      return atomic_ref<T>::is_always_lock_free;
    } else {
      return false;
    }
  }

  [[nodiscard]] Lock new_lock() const {
    if constexpr (lies_beside) {
      return make_lock();
    } else {
      return Lock();
    }
  }

  bool own_lock_ = false;  // It lies beside the elements.
  Lock lock_;
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
