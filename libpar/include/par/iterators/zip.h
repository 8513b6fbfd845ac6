// Several ranges side by side, and one beside its positions.
//
//   for (auto [name, age] : par::zip(names, ages)) print(name, age);   // References into both.
//   for (auto [i, line] : lines | par::enumerate(1)) print(i, line);   // Python's enumerate.
#pragma once

#include <cstddef>
#include <ranges>
#include <utility>

#include "par/base/abi.h"
#include "par/base/zip_view.h"
#include "par/iterators/view_closure.h"

namespace par::inline PAR_ABI {

// Tuples of what the ranges refer to, as many as the shortest has. views::zip of C++23, as far as
// forward ranges go.
template <std::ranges::viewable_range... Ranges>
  requires(sizeof...(Ranges) > 0)
[[nodiscard]] auto zip(Ranges&&... ranges) {
  return zip_view<std::views::all_t<Ranges>...>(std::views::all(std::forward<Ranges>(ranges))...);
}

// Tuples of a number, counted from `first`, and what the range refers to.
template <std::ranges::viewable_range Range>
[[nodiscard]] auto enumerate(Range&& range, std::size_t first = 0) {
  return par::zip(std::views::iota(first), std::forward<Range>(range));
}

namespace detail {
struct make_enumerate {
  template <class Range>
  auto operator()(Range&& range, std::size_t first) const {
    return par::enumerate(std::forward<Range>(range), first);
  }
};
}  // namespace detail

[[nodiscard]] inline auto enumerate(std::size_t first = 0) {
  return detail::view_closure<detail::make_enumerate, std::size_t>(first);
}

}  // namespace par::inline PAR_ABI
