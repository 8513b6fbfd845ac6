// What the body of a generator talks to: co_yield and co_return.
#pragma once

#include <concepts>
#include <coroutine>
#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/base/pooled_frame.h"
#include "par/iterators/elements_of.h"
#include "par/iterators/generator_chain.h"

namespace par::inline PAR_ABI {

template <class Yield, class Send, class Return>
class generator;

namespace detail {

template <class Return>
class generator_result {
 public:
  template <std::convertible_to<Return> T>
  void return_value(T&& value) {
    result_.emplace(std::forward<T>(value));
  }
  std::optional<Return>& result() noexcept { return result_; }

 private:
  std::optional<Return> result_;
};

template <>
class generator_result<void> {
 public:
  void return_void() noexcept {}
};

template <class Yield, class Send, class Return>
class generator_promise : public pooled_frame,
                          public generator_link<Yield&&, Send>,
                          public generator_result<Return> {
 public:
  using link = generator_link<Yield&&, Send>;
  using item = std::remove_reference_t<Yield>;
  static constexpr bool by_value = !std::is_lvalue_reference_v<Yield>;
  template <class T>
  static constexpr bool is_aligned_in_frames = [] {
    if constexpr (std::is_void_v<T>)
      return true;
    else
      return alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__;
  }();
  static_assert(is_aligned_in_frames<Send> && is_aligned_in_frames<Return> &&
                    (!by_value || is_aligned_in_frames<item>),
                "frames of coroutines are not aligned for this type");

  generator_promise() noexcept
      : link(std::coroutine_handle<generator_promise>::from_promise(*this)) {}

  generator<Yield, Send, Return> get_return_object() noexcept {
    return generator<Yield, Send, Return>(this);
  }

  // Where the body waits while its user has the item.
  struct at_yield {
    generator_promise* promise;

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    // What was sent may be ignored.
    auto await_resume() const {  // NOLINT(modernize-use-nodiscard)
      promise->rethrow_thrown();
      if constexpr (!std::is_void_v<Send>) return promise->take_sent();
    }
  };

  // The same with a copy for the user, who may move it away.
  struct at_yield_of_copy : at_yield {
    item copy;

    void await_suspend(std::coroutine_handle<>) noexcept {
      this->promise->yield(std::addressof(copy));
    }
  };

  // Where the body waits while another generator runs in its place.
  template <class Child>
  struct at_elements {
    generator_promise* promise;
    Child child;  // A generator or a reference to one.

    [[nodiscard]] bool await_ready() const noexcept { return child.done(); }
    void await_suspend(std::coroutine_handle<>) noexcept {
      promise->delegate_to(*child.link_, &child.link_);
    }
    auto await_resume() {
      if (child.link_ != nullptr) promise->after_child(*child.link_);
      return std::forward<Child>(child).take_result();
    }
  };

  at_yield yield_value(Yield&& value) noexcept {
    this->yield(std::addressof(value));
    return {this};
  }

  at_yield_of_copy yield_value(const item& value)
    requires(by_value && std::copy_constructible<item>)
  {
    return {{this}, value};
  }

  // The generator itself, if it yields and is sent the same; else one that goes through the range.
  template <class Range>
  auto yield_value(elements_of<Range> elements) {
    using whole = std::remove_cvref_t<Range>;
    if constexpr (std::derived_from<typename promise_of<whole>::type, link>) {
      elements.get().require_idle();
      return at_elements<Range&&>{this, elements.get()};
    } else {
      using each = generator<Yield, Send, void>;
      return at_elements<each>{this, yield_each<each, Range>(elements.get())};
    }
  }

  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  std::suspend_always final_suspend() noexcept {
    this->end();
    return {};
  }
  void unhandled_exception() noexcept { this->fail(); }
  void await_transform() = delete;  // A generator waits for nothing but its user.

 private:
  template <class T>
  struct promise_of {
    using type = void;
  };
  template <class T>
    requires requires { typename T::promise_type; }
  struct promise_of<T> {
    using type = typename T::promise_type;
  };

  template <class Generator, class Range>
  static Generator yield_each(Range&& range) {
    for (auto&& each : range) {
      if constexpr (std::is_void_v<Send>) {
        co_yield std::forward<decltype(each)>(each);
      } else {
        const std::optional<Send> sent = co_yield std::forward<decltype(each)>(each);
        if (sent) throw std::logic_error("generator: a range can be sent nothing");
      }
    }
  }
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
