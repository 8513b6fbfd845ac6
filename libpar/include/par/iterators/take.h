// The first items of a range, and no more asked of it than these.
//
//   for (int i : std::ranges::ref_view(numbers) | par::take(3)) ...   // Three of a generator.
#pragma once

#include <concepts>
#include <cstddef>
#include <iterator>
#include <optional>
#include <ranges>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/view_closure.h"

namespace par::inline PAR_ABI {

// std::views::take asks for the item after the last, too: it drops one that a generator has made,
// waits for one that may not come, and does not end at all when no further one passes a filter
// before it. This does not; Python's itertools.islice. An input range.
template <std::ranges::view View>
  requires std::ranges::input_range<View>
class take_view : public std::ranges::view_interface<take_view<View>> {
 public:
  class iterator;

  take_view(View view, std::size_t count) : view_(std::move(view)), count_(count) {}

  [[nodiscard]] iterator begin() { return iterator(*this); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  View view_;
  std::size_t count_;
};

template <std::ranges::view View>
  requires std::ranges::input_range<View>
class take_view<View>::iterator {
 public:
  using value_type = std::ranges::range_value_t<View>;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  explicit iterator(take_view& of) : view_(&of.view_), left_(of.count_) {
    if (left_ > 0) at_.emplace(std::ranges::begin(*view_));
  }

  std::ranges::range_reference_t<View> operator*() const { return **at_; }
  iterator& operator++() {
    if (--left_ > 0) ++*at_;
    return *this;
  }
  void operator++(int) { ++*this; }

  bool operator==(std::default_sentinel_t) const {
    return left_ == 0 || *at_ == std::ranges::end(*view_);
  }

 private:
  View* view_;
  mutable std::optional<std::ranges::iterator_t<View>> at_;  // Some are read when not const only.
  std::size_t left_;
};

template <std::ranges::viewable_range Range>
[[nodiscard]] auto take(Range&& range, std::size_t count) {
  return take_view<std::views::all_t<Range>>(std::views::all(std::forward<Range>(range)), count);
}

namespace detail {
struct make_take {
  template <class Range>
  auto operator()(Range&& range, std::size_t count) const {
    return par::take(std::forward<Range>(range), count);
  }
};
}  // namespace detail

[[nodiscard]] inline auto take(std::size_t count) {
  return detail::view_closure<detail::make_take, std::size_t>(count);
}

}  // namespace par::inline PAR_ABI
