// The items of a range, for tests that compare them.
#pragma once

#include <ranges>
#include <utility>
#include <vector>

template <std::ranges::input_range Range>
auto collected(Range&& range) {
  std::vector<std::ranges::range_value_t<Range>> items;
  for (auto&& each : range) items.emplace_back(std::forward<decltype(each)>(each));
  return items;
}
