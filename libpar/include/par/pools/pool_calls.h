// The calls of a pool, by the names that Python's multiprocessing.Pool gives them.
//
//   int n = par::apply(pool, count, "a.log");
//   par::future<std::vector<int>> all = par::map_async(pool, count, names);
//   for (int n : par::imap(pool, count, names, 16)) ...
//
// f is called by several threads at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <ranges>
#include <tuple>
#include <utility>
#include <vector>

#include "par/pools/executor.h"
#include "par/pools/future.h"
#include "par/pools/map.h"
#include "par/pools/parallel_for.h"
#include "par/pools/spread.h"

namespace par::inline PAR_ABI {

namespace detail {

// f(item) for each item, in order.
template <class Item, class F>
auto map_all(executor& on, std::vector<Item> items, F& f, std::size_t chunk) {
  using result = std::invoke_result_t<F&, Item>;
  static_assert(std::is_object_v<result>, "map: the function must return a value");
  std::vector<std::optional<result>> slots(items.size());
  parallel_for(
      on, std::size_t{0}, items.size(),
      [&](std::size_t i) { slots[i].emplace(std::invoke(f, std::move(items[i]))); }, chunk);
  std::vector<result> results;
  results.reserve(slots.size());
  for (std::optional<result>& each : slots) results.push_back(std::move(*each));
  return results;
}

template <std::ranges::input_range Range>
auto items_of(Range&& range) {
  std::vector<std::ranges::range_value_t<Range>> items;
  for (auto&& each : range) items.emplace_back(std::forward<decltype(each)>(each));
  return items;
}

}  // namespace detail

// f(args...) on a thread of the executor; waits for it.
template <class F, class... Args>
auto apply(executor& on, F f, Args... args) {
  return submit(on, std::move(f), std::move(args)...).get();
}

// The results for all items of the range, in order, once all are there; at the first exception the
// rest is left out. The range is read before the call returns. `chunk` is the least number of items
// handed to a thread at once.
template <class F, std::ranges::input_range Range>
[[nodiscard]] auto map_async(executor& on, F f, Range&& range, std::size_t chunk = 1) {
  return submit(on, [&on, f = std::move(f), chunk,
                     items = detail::items_of(std::forward<Range>(range))]() mutable {
    return detail::map_all(on, std::move(items), f, chunk);
  });
}

// The same for a range of tuples: f(std::get<0>(item), std::get<1>(item), ...).
template <class F, std::ranges::input_range Range>
[[nodiscard]] auto starmap_async(executor& on, F f, Range&& range, std::size_t chunk = 1) {
  return map_async(on, detail::spread<F>(std::move(f)), std::forward<Range>(range), chunk);
}

// The same, waiting; the calling thread takes part.
template <class F, std::ranges::input_range Range>
[[nodiscard]] auto starmap(executor& on, F f, Range&& range, std::size_t chunk = 1) {
  detail::spread<F> call(std::move(f));
  return detail::map_all(on, detail::items_of(std::forward<Range>(range)), call, chunk);
}

// Results one after another, computed ahead: map and map_unordered, with `chunk` items to a task.
template <class F, std::ranges::viewable_range Range>
[[nodiscard]] auto imap(executor& on, F f, Range&& range, std::size_t chunk = 1) {
  return map(on, std::forward<Range>(range), std::move(f), {.chunk = chunk});
}
template <class F, std::ranges::viewable_range Range>
[[nodiscard]] auto imap_unordered(executor& on, F f, Range&& range, std::size_t chunk = 1) {
  return map_unordered(on, std::forward<Range>(range), std::move(f), {.chunk = chunk});
}

}  // namespace par::inline PAR_ABI
