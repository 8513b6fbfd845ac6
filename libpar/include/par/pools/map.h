// A function over a range, computed in parallel, its results as they are taken.
//
//   for (std::string& page : par::map(pool, urls, fetch, {.window = 64})) print(page);
//   for (int sum : par::map(pool, std::plus<>(), left, right)) ...  // Item by item of both.
#pragma once

#include <ranges>
#include <tuple>
#include <utility>

#include "par/base/zip_view.h"
#include "par/pools/executor.h"
#include "par/pools/mapped_range.h"
#include "par/pools/spread.h"

namespace par::inline PAR_ABI {

// Calls f(item) for each item of the range on the executor; f must be callable from several
// threads at once. The source is any input range; an lvalue container must outlive the result.
// Results come in the order of the items, unless the options say otherwise.
template <std::ranges::viewable_range Range, class F>
[[nodiscard]] auto map(executor& on, Range&& source, F f, map_options options = {}) {
  return mapped_range<std::views::all_t<Range>, F>(on, std::views::all(std::forward<Range>(source)),
                                                   std::move(f), options);
}

// The same with each result as soon as it is there.
template <std::ranges::viewable_range Range, class F>
[[nodiscard]] auto map_unordered(executor& on, Range&& source, F f, map_options options = {}) {
  options.ordered = false;
  return par::map(on, std::forward<Range>(source), std::move(f), options);
}

// f(a, b, ...) for the first item of each range, then the second, until the shortest ends.
template <class F, std::ranges::viewable_range First, std::ranges::viewable_range Second,
          std::ranges::viewable_range... More>
  requires(!std::ranges::range<F>)
[[nodiscard]] auto map(executor& on, map_options options, F f, First&& first, Second&& second,
                       More&&... more) {
  using source =
      zip_view<std::views::all_t<First>, std::views::all_t<Second>, std::views::all_t<More>...>;
  return mapped_range<source, detail::spread<F>>(
      on,
      source(std::views::all(std::forward<First>(first)),
             std::views::all(std::forward<Second>(second)),
             std::views::all(std::forward<More>(more))...),
      detail::spread<F>(std::move(f)), options);
}

template <class F, std::ranges::viewable_range First, std::ranges::viewable_range Second,
          std::ranges::viewable_range... More>
  requires(!std::ranges::range<F>)
[[nodiscard]] auto map(executor& on, F f, First&& first, Second&& second, More&&... more) {
  return map(on, map_options(), std::move(f), std::forward<First>(first),
             std::forward<Second>(second), std::forward<More>(more)...);
}

}  // namespace par::inline PAR_ABI
