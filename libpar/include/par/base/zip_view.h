// Several ranges as one of tuples: what zip returns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/base/zip_item.h"

namespace par::inline PAR_ABI {

// Its items are tuples of references, made when read. A forward range if all are; sized if all are.
template <std::ranges::view... Views>
  requires(std::ranges::input_range<Views> && ...)
class zip_view : public std::ranges::view_interface<zip_view<Views...>> {
 public:
  class iterator;

  explicit zip_view(Views... views) : views_(std::move(views)...) {}

  [[nodiscard]] iterator begin() {
    return iterator(
        std::apply([](auto&... each) { return places(std::ranges::begin(each)...); }, views_));
  }
  [[nodiscard]] auto end() {
    return sentinel{
        std::apply([](auto&... each) { return ends(std::ranges::end(each)...); }, views_)};
  }

  [[nodiscard]] std::size_t size()
    requires(std::ranges::sized_range<Views> && ...)
  {
    return std::apply(
        [](auto&... each) {
          return std::min({static_cast<std::size_t>(std::ranges::size(each))...});
        },
        views_);
  }

 private:
  using places = std::tuple<std::ranges::iterator_t<Views>...>;
  using ends = std::tuple<std::ranges::sentinel_t<Views>...>;
  struct sentinel {
    ends at;
  };

  std::tuple<Views...> views_;
};

template <std::ranges::view... Views>
  requires(std::ranges::input_range<Views> && ...)
class zip_view<Views...>::iterator {
  static constexpr bool is_forward = (std::ranges::forward_range<Views> && ...);

 public:
  using reference = zip_item<std::ranges::range_reference_t<Views>...>;
  using value_type = std::tuple<std::ranges::range_value_t<Views>...>;
  using difference_type = std::ptrdiff_t;
  using iterator_concept =
      std::conditional_t<is_forward, std::forward_iterator_tag, std::input_iterator_tag>;
  using iterator_category = std::input_iterator_tag;  // Of C++17, which wants true references.

  iterator() = default;
  explicit iterator(places at) : at_(std::move(at)) {}

  reference operator*() const {
    return std::apply([](auto&... each) { return reference(*each...); }, at_);
  }
  iterator& operator++() {
    std::apply([](auto&... each) { (static_cast<void>(++each), ...); }, at_);
    return *this;
  }
  void operator++(int)
    requires(!is_forward)
  {
    ++*this;
  }
  iterator operator++(int)
    requires is_forward
  {
    iterator before = *this;
    ++*this;
    return before;
  }

  bool operator==(const iterator& other) const
    requires is_forward
  {
    return std::get<0>(at_) == std::get<0>(other.at_);  // They move together.
  }
  bool operator==(const sentinel& end) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return ((std::get<I>(at_) == std::get<I>(end.at)) || ...);
    }(std::index_sequence_for<Views...>());
  }

 private:
  mutable places at_;  // Some input iterators can only be read when not const.
};

}  // namespace par::inline PAR_ABI
