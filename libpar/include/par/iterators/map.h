// A range through a function that is called in parallel, as a view: par::map with a pipe.
//
//   for (auto&& page : urls | par::map(pool, fetch, {.ordered = true, .window = 64})) print(page);
#pragma once

#include <memory>
#include <ranges>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/view_closure.h"
#include "par/pools/executor.h"
#include "par/pools/map.h"

namespace par::inline PAR_ABI {

// A mapped_range that can be moved, and so be part of a longer pipe: see there. Its work starts
// with begin(), which is called once. It pulls from the range on the thread that takes its results,
// ahead of them by at most the window. Dropped, it cancels what has not begun and waits for what
// has.
template <std::ranges::view Source, class F>
class map_view : public std::ranges::view_interface<map_view<Source, F>> {
 public:
  map_view(executor& on, Source source, F f, map_options options)
      : results_(std::make_unique<mapped_range<Source, F>>(on, std::move(source), std::move(f),
                                                           options)) {}

  [[nodiscard]] auto begin() { return results_->begin(); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  std::unique_ptr<mapped_range<Source, F>> results_;
};

namespace detail {
struct make_map_view {
  template <class Range, class F>
  auto operator()(Range&& range, executor* on, F f, const map_options& options) const {
    return map_view<std::views::all_t<Range>, F>(*on, std::views::all(std::forward<Range>(range)),
                                                 std::move(f), options);
  }
};
}  // namespace detail

// range | map(on, f, options) calls f(item) for each item of any input range on the executor, which
// must outlive the results. f must be callable from several threads at once.
template <class F>
  requires(!std::ranges::range<F>)
[[nodiscard]] auto map(executor& on, F f, map_options options = {}) {
  return detail::view_closure<detail::make_map_view, executor*, F, map_options>(&on, std::move(f),
                                                                                options);
}

}  // namespace par::inline PAR_ABI
