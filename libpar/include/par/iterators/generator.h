// Functions that yield one item after another: Python's generators.
//
//   par::generator<int> count_to(int n) {             for (const int i : count_to(3)) print(i);
//     for (int i = 1; i <= n; ++i) co_yield i;        auto odd = count_to(9) |
//     std::views::filter(is_odd);
//   }
//
//   par::generator<double, double, std::string> average() {  // Yields, is sent, returns.
//     double sum = 0, mean = 0;
//     int count = 0;
//     while (const std::optional<double> x = co_yield mean) mean = (sum += *x) / ++count;
//     co_return std::to_string(count) + " values";
//   }
//   auto mean = average();
//   mean.next();                                      // 0, at the first co_yield
//   mean.send(10), mean.send(20);                     // 10, 15
//   try { mean.next(); }                              // co_yield gives std::nullopt: it returns
//   catch (const par::stop_iteration& end) { end.value<std::string>(); }  // "2 values"
//
//   par::generator<int> walk(const node& n) {         // O(1) an item, however deep
//     co_yield n.value;
//     for (const node& each : n.children) co_yield par::elements_of(walk(each));
//   }
#pragma once

#include <concepts>
#include <exception>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/elements_of.h"
#include "par/iterators/generator_iterator.h"
#include "par/iterators/generator_promise.h"
#include "par/iterators/stop_iteration.h"

namespace par::inline PAR_ABI {

// An input range and a view, made by calling a coroutine that has it as its return type. The body
// runs on the caller's thread and only when an item is asked for. It ends when the body does; an
// exception comes out of the call that asked for the item, and ends it as well.
//
// Yield, as in std::generator of C++23: T or T&& hands out T&&, and copies lvalues; T& and const T&
// hand out references to what is yielded. co_yield gives std::optional<Send>, empty when no value
// was sent; nothing if Send is void.
//
// `co_yield elements_of(x)` hands out what x yields, in O(1) an item and without using stack, and
// passes on to x what is sent and thrown. Its value is what x returns: moved out of an rvalue,
// copied from an lvalue. x may be begun. What x throws comes out there. A generator that yields
// another type, or is sent another, counts as a plain range: sending to one throws
// std::logic_error, and what it returns is dropped.
//
// As in Python, and unlike std, begin() goes on with the next item, so a second loop continues
// where the first was left; and there is one position: next(), send() and iterators move it alike.
//
// Not thread-safe, but may be used on one thread after another. Misuse throws std::logic_error: to
// resume a generator that is running ("already executing") or that another delegates to.
// Destroying one runs the destructors in its body; it must not be running, nor be an lvalue that
// another delegates to.
template <class Yield, class Send = void, class Return = void>
class [[nodiscard]] generator : public std::ranges::view_interface<generator<Yield, Send, Return>> {
 public:
  static_assert(!std::is_void_v<Yield> && !std::is_reference_v<Send> &&
                !std::is_reference_v<Return>);

  using promise_type = detail::generator_promise<Yield, Send, Return>;
  using value_type = std::remove_cvref_t<Yield>;
  using reference = Yield&&;
  using next_type = std::conditional_t<std::is_lvalue_reference_v<Yield>, Yield, value_type>;
  using iterator = detail::generator_iterator<Yield, Send>;

  generator() noexcept = default;  // Has ended.
  generator(generator&& other) noexcept : link_(std::exchange(other.link_, nullptr)) {
    if (link_ != nullptr) link_->set_owner(&link_);
  }
  generator& operator=(generator&& other) noexcept {
    if (this == &other) return *this;
    drop();
    link_ = std::exchange(other.link_, nullptr);
    if (link_ != nullptr) link_->set_owner(&link_);
    return *this;
  }
  ~generator() { drop(); }

  // Goes on to the next item.
  [[nodiscard]] iterator begin() {
    iterator first(link_);
    ++first;
    return first;
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  // Goes on to the next item and gives it. Throws stop_iteration if there is none; the first one
  // carries a copy of what was returned, if that can be copied.
  next_type next() {
    require_idle();
    if (done()) throw stop_iteration();
    link_->resume();
    return yielded();
  }

  // As next(); the co_yield that the body waits at gives the value. Throws std::logic_error if it
  // waits at none, since it has not begun.
  next_type send(std::conditional_t<std::is_void_v<Send>, detail::nothing, Send> value)
    requires(!std::is_void_v<Send>)
  {
    require_idle();
    if (done()) throw stop_iteration();
    if (!link_->started()) throw std::logic_error("generator: sent a value before its first yield");
    link_->resume_with(std::move(value));
    return yielded();
  }

  // As next(); the co_yield that the body waits at throws the error. If it waits at none, it ends,
  // and the error comes out here.
  next_type throw_in(std::exception_ptr error) {
    if (error == nullptr) throw std::logic_error("generator: there is no error to throw in");
    require_idle();
    if (!done() && !link_->started()) drop();
    if (done()) std::rethrow_exception(std::move(error));
    link_->resume_with(std::move(error));
    return yielded();
  }
  template <class Error>
    requires(!std::same_as<Error, std::exception_ptr>)
  next_type throw_in(Error error) {
    return throw_in(std::make_exception_ptr(std::move(error)));
  }

  // Ends it: the co_yield that the body waits at throws generator_exit. Throws std::logic_error if
  // the body yields once more, and what else it throws.
  void close() {
    require_idle();
    if (!done() && !link_->started()) drop();
    if (done()) return;
    link_->resume_with(std::make_exception_ptr(generator_exit()));
    if (!link_->ended()) throw std::logic_error("generator: yielded while being closed");
    const std::exception_ptr error = link_->take_error();
    if (error != nullptr && !detail::is_generator_exit(error)) std::rethrow_exception(error);
  }

  // Nothing more comes.
  [[nodiscard]] bool done() const noexcept { return link_ == nullptr || link_->ended(); }

  // What the body has returned. Throws std::logic_error if it has not, be it that it goes on, has
  // thrown or was closed.
  [[nodiscard]] std::add_lvalue_reference_t<Return> result()
    requires(!std::is_void_v<Return>)
  {
    if (link_ == nullptr || !promise().result()) {
      throw std::logic_error("generator: has returned nothing");
    }
    return *promise().result();
  }

 private:
  using link = typename promise_type::link;
  template <class, class, class>
  friend class detail::generator_promise;

  explicit generator(link* made) noexcept : link_(made) {}

  [[nodiscard]] promise_type& promise() const noexcept {
    return static_cast<promise_type&>(*link_);
  }

  void require_idle() const {
    if (link_ != nullptr) link_->require_idle();
  }

  void drop() noexcept {
    if (link_ != nullptr) std::exchange(link_, nullptr)->destroy();
  }

  // What a resumption has brought.
  next_type yielded() {
    if (!link_->ended()) return static_cast<reference>(link_->yielded());
    link_->rethrow();
    if constexpr (std::copy_constructible<Return>) {
      throw stop_iteration(std::make_shared<const Return>(result()));
    }
    throw stop_iteration();
  }

  Return take_result() && {
    if constexpr (!std::is_void_v<Return>) return std::move(result());
  }
  Return take_result() & {
    if constexpr (!std::is_void_v<Return>) return result();
  }

  link* link_ = nullptr;
};

}  // namespace par::inline PAR_ABI
