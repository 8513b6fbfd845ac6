// A range in pieces of so many items; the last may be shorter.
//
//   for (auto&& piece : std::views::iota(0, 10) | par::chunk(4)) ...   // 0 1 2 3, 4 5 6 7, 8 9
#pragma once

#include <cstddef>
#include <ranges>
#include <stdexcept>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/chunk_view.h"
#include "par/iterators/input_chunk_view.h"
#include "par/iterators/view_closure.h"

namespace par::inline PAR_ABI {

// views::chunk of C++23. Pieces of a forward range are views of it. Those of an input range, such
// as a generator, pull from it: each is to be gone through before the next is asked for, which
// passes over what is left. Throws std::invalid_argument for pieces of 0 items.
template <std::ranges::viewable_range Range>
[[nodiscard]] auto chunk(Range&& range, std::size_t count) {
  if (count == 0) throw std::invalid_argument("chunk: 0 items");
  using view = std::views::all_t<Range>;
  if constexpr (std::ranges::forward_range<view>) {
    return chunk_view<view>(std::views::all(std::forward<Range>(range)), count);
  } else {
    return input_chunk_view<view>(std::views::all(std::forward<Range>(range)), count);
  }
}

namespace detail {
struct make_chunk {
  template <class Range>
  auto operator()(Range&& range, std::size_t count) const {
    return par::chunk(std::forward<Range>(range), count);
  }
};
}  // namespace detail

[[nodiscard]] inline auto chunk(std::size_t count) {
  return detail::view_closure<detail::make_chunk, std::size_t>(count);
}

}  // namespace par::inline PAR_ABI
