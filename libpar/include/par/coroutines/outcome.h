// What has become of a call: nothing yet, a value, or what it threw.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Used by one thread. T may be void or a reference.
template <class T>
class outcome {
 public:
  template <class... Args>
  void set_value(Args&&... args) {
    if constexpr (std::is_reference_v<T>) {
      result_.template emplace<value>(std::addressof(args)...);
    } else {
      result_.template emplace<value>(std::forward<Args>(args)...);
    }
  }
  // Keeping an exception_ptr does not throw.
  // NOLINTNEXTLINE(bugprone-exception-escape)
  void set_exception(std::exception_ptr thrown) noexcept {
    result_.template emplace<error>(std::move(thrown));
  }

  // Null: none was thrown, or it has been taken.
  [[nodiscard]] std::exception_ptr exception() const noexcept {
    const auto* thrown = std::get_if<error>(&result_);
    return thrown != nullptr ? *thrown : nullptr;
  }

  // REQUIRES one of the setters before, and no other take.
  T take() {
    if (auto* thrown = std::get_if<error>(&result_)) {
      std::rethrow_exception(std::exchange(*thrown, nullptr));
    }
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*std::get<value>(result_));
    } else if constexpr (!std::is_void_v<T>) {
      return std::move(std::get<value>(result_));
    }
  }

 private:
  struct nothing {};
  struct done_void {};
  using stored = std::conditional_t<
      std::is_void_v<T>, done_void,
      std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, T>>;
  static constexpr std::size_t value = 1;  // Places in result_.
  static constexpr std::size_t error = 2;

  std::variant<nothing, stored, std::exception_ptr> result_;
};

}  // namespace par::inline PAR_ABI::detail
