// What chunk returns for a forward range.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <ranges>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// A forward range of views of up to `count` items, count > 0; sized if the range is.
template <std::ranges::view View>
  requires std::ranges::forward_range<View>
class chunk_view : public std::ranges::view_interface<chunk_view<View>> {
 public:
  class iterator;

  chunk_view(View view, std::size_t count)
      : view_(std::move(view)), count_(static_cast<step>(std::min(count, most))) {}

  [[nodiscard]] iterator begin() {
    return iterator(std::ranges::begin(view_), std::ranges::end(view_), count_);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  [[nodiscard]] std::size_t size()
    requires std::ranges::sized_range<View>
  {
    const auto count = static_cast<std::size_t>(count_);
    return (static_cast<std::size_t>(std::ranges::size(view_)) + count - 1) / count;
  }

 private:
  using step = std::ranges::range_difference_t<View>;
  static constexpr std::size_t most =
      sizeof(step) < sizeof(std::ptrdiff_t)
          ? static_cast<std::size_t>(std::numeric_limits<step>::max())
          : std::size_t{PTRDIFF_MAX};

  View view_;
  step count_;
};

template <std::ranges::view View>
  requires std::ranges::forward_range<View>
class chunk_view<View>::iterator {
  using place = std::ranges::iterator_t<View>;
  using place_end = std::ranges::sentinel_t<View>;

 public:
  using value_type = decltype(std::views::take(
      std::ranges::subrange(std::declval<place>(), std::declval<place_end>()),
      std::ranges::range_difference_t<View>()));
  using difference_type = std::ranges::range_difference_t<View>;
  using iterator_concept = std::forward_iterator_tag;
  using iterator_category = std::input_iterator_tag;  // Of C++17, which wants true references.

  iterator() = default;
  iterator(place at, place_end end, difference_type count)
      : at_(std::move(at)), end_(std::move(end)), count_(count) {}

  value_type operator*() const {
    return std::views::take(std::ranges::subrange(at_, end_), count_);
  }
  iterator& operator++() {
    std::ranges::advance(at_, count_, end_);
    return *this;
  }
  iterator operator++(int) {
    iterator before = *this;
    ++*this;
    return before;
  }

  bool operator==(const iterator& other) const { return at_ == other.at_; }
  bool operator==(std::default_sentinel_t) const { return at_ == end_; }

 private:
  place at_ = place();
  place_end end_ = place_end();
  difference_type count_ = 0;
};

}  // namespace par::inline PAR_ABI
