// Several ranges as one of tuples: views::zip of C++23, as far as map needs it.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <ranges>
#include <tuple>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// An input range of tuples of values, as long as the shortest; to be walked once.
template <std::ranges::view... Views>
class zipped : public std::ranges::view_interface<zipped<Views...>> {
 public:
  explicit zipped(Views... views) : views_(std::move(views)...) {}

  class iterator {
   public:
    using value_type = std::tuple<std::ranges::range_value_t<Views>...>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    explicit iterator(std::tuple<Views...>& views)
        : at_(std::apply([](auto&... each) { return places(std::ranges::begin(each)...); }, views)),
          ends_(std::apply([](auto&... each) { return ends(std::ranges::end(each)...); }, views)) {}

    value_type operator*() const {
      return std::apply([](auto&... each) { return value_type(*each...); }, at_);
    }
    iterator& operator++() {
      std::apply([](auto&... each) { (++each, ...); }, at_);
      return *this;
    }
    void operator++(int) { ++*this; }

    bool operator==(std::default_sentinel_t) const {
      return [this]<std::size_t... I>(std::index_sequence<I...>) {
        return ((std::get<I>(at_) == std::get<I>(ends_)) || ...);
      }(std::index_sequence_for<Views...>());
    }

   private:
    using places = std::tuple<std::ranges::iterator_t<Views>...>;
    using ends = std::tuple<std::ranges::sentinel_t<Views>...>;

    mutable places at_;  // Some input iterators can only be read when not const.
    ends ends_;
  };

  [[nodiscard]] iterator begin() { return iterator(views_); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  std::tuple<Views...> views_;
};

template <class... Ranges>
auto zip(Ranges&&... ranges) {
  return zipped<std::views::all_t<Ranges>...>(std::views::all(std::forward<Ranges>(ranges))...);
}

// Calls f with the elements of a tuple.
template <class F>
class spread {
 public:
  explicit spread(F f) : f_(std::move(f)) {}

  template <class Tuple>
  decltype(auto) operator()(Tuple&& items) {
    return std::apply(f_, std::forward<Tuple>(items));
  }

 private:
  F f_;
};

}  // namespace par::inline PAR_ABI::detail
