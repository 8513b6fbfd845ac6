// The result of a future, and the function that makes it.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "par/pools/future_errc.h"
#include "par/pools/future_state.h"

namespace par::inline PAR_ABI::detail {

// Written once, by whoever runs or settles the state; read by futures once it is done.
template <class T>
class result_state : public future_state {
 public:
  using future_state::future_state;

  // REQUIRES of these: done(). What the task threw is rethrown; future_cancelled if it was.
  // Gives up what it holds: the owner that is last to go has nothing of it left to destroy.
  T take() {
    if (cancelled()) throw future_cancelled();
    if (auto* thrown = std::get_if<error>(&result_)) {
      std::rethrow_exception(std::exchange(*thrown, nullptr));
    }
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*std::get<value>(result_));
    } else if constexpr (!std::is_void_v<T>) {
      return std::move(std::get<value>(result_));
    }
  }

  // void, or a reference to the value.
  [[nodiscard]] decltype(auto) look() const {
    throw_if_none();
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*std::get<value>(result_));
    } else if constexpr (!std::is_void_v<T>) {
      return (std::get<value>(result_));
    }
  }

  // Null: there is a value. Throws future_cancelled.
  [[nodiscard]] std::exception_ptr exception() const {
    if (cancelled()) throw future_cancelled();
    const auto* thrown = std::get_if<error>(&result_);
    return thrown != nullptr ? *thrown : nullptr;
  }

  [[nodiscard]] bool has_exception() const noexcept final { return result_.index() == error; }

  // REQUIRES of these: begin_result() or the run itself.
  template <class... Args>
  void store(Args&&... args) {
    if constexpr (std::is_reference_v<T>) {
      result_.template emplace<value>(std::addressof(args)...);
    } else {
      result_.template emplace<value>(std::forward<Args>(args)...);
    }
  }
  // Keeping an exception_ptr does not throw.
  // NOLINTNEXTLINE(bugprone-exception-escape)
  void fail(std::exception_ptr why) noexcept final {
    result_.template emplace<error>(std::move(why));
  }

 protected:
  template <class F>
  // Keeping an exception_ptr does not throw.
  // NOLINTNEXTLINE(bugprone-exception-escape)
  void store_result_of(F& f) noexcept {
    try {
      if constexpr (std::is_void_v<T>) {
        f();
        store();
      } else {
        store(f());
      }
    } catch (...) {
      fail(std::current_exception());
    }
  }

 private:
  void throw_if_none() const {
    if (const std::exception_ptr thrown = exception()) std::rethrow_exception(thrown);
  }

  struct nothing {};
  static constexpr std::size_t value = 1;  // Places in result_.
  static constexpr std::size_t error = 2;
  struct done_void {};
  using stored = std::conditional_t<
      std::is_void_v<T>, done_void,
      std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, T>>;

  std::variant<nothing, stored, std::exception_ptr> result_;
};

// The other end is a promise.
template <class T>
class promised_state final : public result_state<T> {
 public:
  promised_state() noexcept : result_state<T>(false, 1) {}

 private:
  void call() noexcept override {}
  void discard() noexcept override {}
};

// The other end is an executor's queue.
template <class T, class F>
class function_state final : public result_state<T> {
 public:
  explicit function_state(F f) : result_state<T>(true, 2), function_(std::move(f)) {}

 private:
  void call() noexcept override {
    this->store_result_of(*function_);
    function_.reset();
  }
  void discard() noexcept override { function_.reset(); }

  std::optional<F> function_;
};

}  // namespace par::inline PAR_ABI::detail
