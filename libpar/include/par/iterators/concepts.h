// What can be gone through, and what keeps its own place in it.
#pragma once

#include <concepts>
#include <ranges>
#include <type_traits>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// What a for loop goes through: containers, views, generators. Python: has __iter__.
template <class T>
concept iterable = std::ranges::input_range<T>;

// What hands out its items one at a time itself, and goes on where it was left, in a loop too:
// generators and what iter() makes. Its next() throws stop_iteration at the end. Python: has
// __next__, and an __iter__ that returns itself.
template <class T>
concept iterator_like = iterable<T> && requires(T& x) {
  { x.next() };
  requires std::same_as<std::remove_cvref_t<decltype(x.next())>, std::ranges::range_value_t<T>>;
};

}  // namespace par::inline PAR_ABI
