// Coroutines that hand control over to one another by name, as Python's greenlets do.
//
//   par::task<> first(par::fiber<>& other) {
//     std::cout << 1;
//     co_await other.switch_to();
//     std::cout << 2;
//     co_await other.switch_to();
//   }
//   par::task<> second(par::fiber<>& other) {
//     std::cout << 3;
//     co_await other.switch_to();
//     std::cout << 4;
//   }
//
//   par::fiber<> a, b;
//   a.bind(first(b));
//   b.bind(second(a));
//   a.run();  // 1 3 2 4
#pragma once

#include <concepts>
#include <optional>
#include <stdexcept>
#include <utility>

#include "par/coroutines/fiber_state.h"

namespace par::inline PAR_ABI {

// Whoever switches to a fiber stops where it is, and goes on there when somebody switches back. An
// outsider (an ordinary function that calls run, or a task that is no fiber's) is not switched to
// by name: it goes on when a fiber ends or calls leave_fiber. What the fiber has thrown, it throws.
//
// A fiber's body is a task, and so are those that it awaits: any of them may switch. In a scheduled
// task it may also sleep and wait; the whole task does then. The stack does not grow however often
// and in whatever circle fibers switch.
//
// In is what is handed over to this fiber at each switch. Used by one thread at a time; switching
// to one that has no body, runs, or has ended throws std::logic_error. The destructor ends a body
// that has not finished, as that of a task does. REQUIRES then: it does not run. One that sleeps or
// waits in a scheduler which is destroyed counts as running for good.
template <class In = void>
class fiber : public detail::fiber_state {
 public:
  // Hands over from the task that awaits this. Give it a name or a scalar: g++ 12 destroys twice
  // what is made within an expression that awaits.
  template <std::convertible_to<In> U = In>
  [[nodiscard]] auto switch_to(U&& value) {
    check_can_go_on();
    received_.emplace(std::forward<U>(value));
    return detail::switching(*this);
  }
  // Hands over from an ordinary function.
  template <std::convertible_to<In> U = In>
  void run(U&& value) {
    check_can_go_on();
    received_.emplace(std::forward<U>(value));
    run_here();
  }
  // What was handed over last; once. None: throws std::logic_error.
  [[nodiscard]] In received() {
    if (!received_) throw std::logic_error("nothing was handed over to the fiber");
    In value = std::move(*received_);
    received_.reset();
    return value;
  }

 private:
  std::optional<In> received_;
};

template <>
class fiber<void> : public detail::fiber_state {
 public:
  [[nodiscard]] auto switch_to() {
    check_can_go_on();
    return detail::switching(*this);
  }
  void run() {
    check_can_go_on();
    run_here();
  }
};

// co_await leave_fiber(): hands over from the fiber that runs to the outsider who entered it, or
// entered the one that switched to it, and so on. Outside of fibers throws std::logic_error.
[[nodiscard]] inline auto leave_fiber() noexcept {
  return detail::leaving();
}

}  // namespace par::inline PAR_ABI
