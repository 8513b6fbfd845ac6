// The ways in which a scheduler keeps its routines together.
#pragma once

#include <cstddef>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

class routine;

// In order of arrival; a routine is in one of these at most.
class routine_list {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  void push_back(routine& last) noexcept;
  routine* pop_front() noexcept;                // Null: empty.
  void append(routine_list&& others) noexcept;  // Leaves them empty.

 private:
  routine* first_ = nullptr;
  routine* last_ = nullptr;  // Only if first_ is not null.
};

// A place in a ring of nodes that any of them can leave. Alone in its own when made.
class ring_node {
 public:
  ring_node() noexcept = default;
  ring_node(const ring_node&) = delete;
  ring_node& operator=(const ring_node&) = delete;
  ~ring_node() { leave(); }

  [[nodiscard]] bool alone() const noexcept { return next_ == this; }
  [[nodiscard]] ring_node& next() const noexcept { return *next_; }
  void enter_before(ring_node& other) noexcept {  // REQUIRES alone().
    before_ = std::exchange(other.before_, this);
    next_ = &other;
    before_->next_ = this;
  }
  void leave() noexcept {
    before_->next_ = next_;
    next_->before_ = before_;
    before_ = next_ = this;
  }

 private:
  ring_node* before_ = this;
  ring_node* next_ = this;
};

// Has a place in a heap of timers while it sleeps.
class sleeper {
 public:
  [[nodiscard]] bool sleeps() const noexcept { return place_ != none; }

 private:
  friend class timer_heap;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t place_ = none;
};

}  // namespace par::inline PAR_ABI::detail
