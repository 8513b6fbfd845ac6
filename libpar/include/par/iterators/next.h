// One item after another, without a loop: Python's iter() and next().
//
//   std::vector<int> numbers = {1, 2};
//   auto at = par::iter(numbers);
//   par::next(at);               // 1
//   par::next_or(at, 0);         // 2
//   par::next_or(at, 0);         // 0
//   par::next(at);               // throws par::stop_iteration
#pragma once

#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/concepts.h"
#include "par/iterators/cursor.h"
#include "par/iterators/stop_iteration.h"

namespace par::inline PAR_ABI {

// What keeps a place in the range: the range itself if it does so, else a cursor over it. An lvalue
// container must outlive the cursor.
template <std::ranges::viewable_range Range>
  requires(!iterator_like<std::remove_cvref_t<Range>>)
[[nodiscard]] auto iter(Range&& range) {
  return cursor<std::views::all_t<Range>>(std::views::all(std::forward<Range>(range)));
}
template <class T>
  requires iterator_like<std::remove_cvref_t<T>>
[[nodiscard]] T iter(T&& x) {
  return std::forward<T>(x);
}

// Goes on to the next item and gives it. Throws stop_iteration if there is none; a generator's
// carries what it has returned.
template <iterator_like T>
decltype(auto) next(T& x) {
  return x.next();
}

// The same with the fallback if there is none.
template <iterator_like T>
std::ranges::range_value_t<T> next_or(T& x, std::ranges::range_value_t<T> fallback) {
  auto at = std::ranges::begin(x);
  if (at == std::ranges::end(x)) return fallback;
  return *at;
}

// The item at the iterator, which goes on to the one after it. Throws stop_iteration at the end. A
// reference to the item where that survives the iterator's going on, else its value.
template <std::input_iterator Iterator, std::sentinel_for<Iterator> Sentinel>
auto next(Iterator& at, const Sentinel& end)
    -> std::conditional_t<std::forward_iterator<Iterator>, std::iter_reference_t<Iterator>,
                          std::iter_value_t<Iterator>> {
  if (at == end) throw stop_iteration();
  if constexpr (std::forward_iterator<Iterator>) {
    return *at++;
  } else {
    std::iter_value_t<Iterator> item = *at;
    ++at;
    return item;
  }
}

template <std::input_iterator Iterator, std::sentinel_for<Iterator> Sentinel>
std::iter_value_t<Iterator> next_or(Iterator& at, const Sentinel& end,
                                    std::iter_value_t<Iterator> fallback) {
  if (at == end) return fallback;
  std::iter_value_t<Iterator> item = *at;
  ++at;
  return item;
}

}  // namespace par::inline PAR_ABI
