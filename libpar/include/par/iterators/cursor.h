// A place in a range, from which its items are taken one by one.
#pragma once

#include <concepts>
#include <cstddef>
#include <iterator>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/stop_iteration.h"

namespace par::inline PAR_ABI {

// What iter() makes of a range; see next.h. The range is asked for an item only when one is asked
// for here. Loops and next() share one place. Not thread-safe.
template <std::ranges::view View>
  requires std::ranges::input_range<View>
class cursor {
 public:
  using reference = std::ranges::range_reference_t<View>;
  using value_type = std::ranges::range_value_t<View>;
  // The item itself where the range has it, else its value.
  using next_type =
      std::conditional_t<std::is_lvalue_reference_v<reference>, reference, value_type>;
  class iterator;

  explicit cursor(View view) : view_(std::move(view)) {}
  cursor(cursor&&) = delete;  // The range's iterator may refer to the range.

  // Throws stop_iteration at the end.
  next_type next() {
    advance();
    if (ended_) throw stop_iteration();
    return **at_;
  }

  // Goes on to the next item.
  [[nodiscard]] iterator begin() {
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  void advance() {
    if (ended_) return;
    if (at_)
      ++*at_;
    else
      at_.emplace(std::ranges::begin(view_));
    ended_ = *at_ == std::ranges::end(view_);
  }

  View view_;
  std::optional<std::ranges::iterator_t<View>> at_;
  bool ended_ = false;
};

template <std::ranges::view View>
  requires std::ranges::input_range<View>
class cursor<View>::iterator {
 public:
  using value_type = cursor::value_type;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  iterator() = default;

  reference operator*() const { return **at_->at_; }
  iterator& operator++() {
    at_->advance();
    return *this;
  }
  void operator++(int) { ++*this; }

  bool operator==(std::default_sentinel_t) const noexcept { return at_->ended_; }

 private:
  friend cursor;
  explicit iterator(cursor& at) noexcept : at_(&at) {}

  cursor* at_ = nullptr;
};

}  // namespace par::inline PAR_ABI
