// A callable that owns what it captured and can only be moved: a task.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

template <class Signature>
class unique_function;

// std::move_only_function of C++23, for C++20. A callable of up to six words that moves without
// throwing is kept inside, so that queueing a small task allocates nothing; a larger one is on the
// heap. Not thread-safe: a task has one owner at a time. Calling an empty one throws
// std::bad_function_call.
template <class R, class... Args>
class unique_function<R(Args...)> {
 public:
  unique_function() noexcept = default;

  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, unique_function> &&
             std::is_invocable_r_v<R, std::decay_t<F>&, Args...>)
  unique_function(F&& f) : ops_(&ops_of<std::decay_t<F>>) {  // Implicit, as std's.
    using T = std::decay_t<F>;
    if constexpr (fits<T>) {
      ::new (static_cast<void*>(space_)) T(std::forward<F>(f));
    } else {
      ::new (static_cast<void*>(space_)) T*(new T(std::forward<F>(f)));
    }
  }

  unique_function(unique_function&& other) noexcept : ops_(std::exchange(other.ops_, nullptr)) {
    if (ops_ != nullptr) ops_->relocate(other.space_, space_);
  }

  unique_function& operator=(unique_function&& other) noexcept {
    if (this == &other) return *this;
    reset();
    ops_ = std::exchange(other.ops_, nullptr);
    if (ops_ != nullptr) ops_->relocate(other.space_, space_);
    return *this;
  }

  ~unique_function() { reset(); }

  explicit operator bool() const noexcept { return ops_ != nullptr; }

  // By value, as the signature says, then moved on.
  R operator()(Args... args) {  // NOLINT(performance-unnecessary-value-param)
    if (ops_ == nullptr) throw std::bad_function_call();
    return ops_->call(space_, std::forward<Args>(args)...);
  }

  // Destroys the callable and what it captured.
  void reset() noexcept {
    if (ops_ != nullptr) std::exchange(ops_, nullptr)->destroy(space_);
  }

 private:
  static constexpr std::size_t words = 6;

  struct operations {
    R (*call)(void* space, Args&&... args);
    void (*relocate)(void* from, void* to) noexcept;  // Moves, and ends the old one.
    void (*destroy)(void* space) noexcept;
  };

  template <class T>
  static constexpr bool fits = sizeof(T) <= words * sizeof(void*) && alignof(T) <= alignof(void*) &&
                               std::is_nothrow_move_constructible_v<T>;

  template <class T>
  static T& target(void* space) noexcept {
    if constexpr (fits<T>)
      return *std::launder(static_cast<T*>(space));
    else
      return **std::launder(static_cast<T**>(space));
  }

  template <class T>
  static constexpr operations ops_of = {
      .call = [](void* space, Args&&... args) -> R {
        return std::invoke(target<T>(space), std::forward<Args>(args)...);
      },
      .relocate =
          [](void* from, void* to) noexcept {
            if constexpr (fits<T>) {
              T& old = target<T>(from);
              ::new (to) T(std::move(old));
              old.~T();  // NOLINT(bugprone-use-after-move): a destructor may follow a move.
            } else {
              ::new (to) T*(&target<T>(from));
            }
          },
      .destroy =
          [](void* space) noexcept {
            if constexpr (fits<T>)
              target<T>(space).~T();
            else
              delete &target<T>(space);
          },
  };

  alignas(void*) std::byte space_[words * sizeof(void*)];
  const operations* ops_ = nullptr;
};

}  // namespace par::inline PAR_ABI
