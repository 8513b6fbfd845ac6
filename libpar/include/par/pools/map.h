// A function over a range, computed in parallel, its results in order.
//
//   for (std::string& page : par::map(pool, urls, fetch, {.window = 64})) print(page);
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <exception>
#include <iterator>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>

#include "par/base/pull_iterator.h"
#include "par/pools/executor.h"
#include "par/pools/future.h"

namespace par::inline PAR_ABI {

struct map_options {
  // How many calls may have begun or be queued beyond the result in hand: the bound on memory.
  // 0 means twice the executor's concurrency.
  std::size_t window = 0;
};

// What map returns: an input range of results. It pulls from the source as results are taken, on
// the taking thread, and runs ahead by at most the window. What a call or the source throws comes
// out when its turn comes; the range has ended then. Dropping it cancels what has not begun and
// waits for what has. Not thread-safe; executor and source must outlive it.
template <std::ranges::view Source, class F>
class ordered_map {
 public:
  using item_type = std::ranges::range_value_t<Source>;
  using result = std::invoke_result_t<F&, item_type>;
  static_assert(std::is_object_v<result>, "map: the function must return a value");

  ordered_map(executor& on, Source source, F f, map_options options)
      : on_(&on),
        source_(std::move(source)),
        f_(std::move(f)),
        window_(options.window != 0 ? options.window : 2 * on.concurrency()) {}

  ordered_map(ordered_map&&) = delete;  // Tasks refer to it.

  ~ordered_map() { abandon(); }

  using iterator = detail::pull_iterator<ordered_map, result>;

  // Starts the work; call it once.
  [[nodiscard]] iterator begin() {
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend iterator;

  void advance() {
    current_.reset();
    fill();
    if (ahead_.empty()) {
      if (source_error_ != nullptr) std::rethrow_exception(std::exchange(source_error_, nullptr));
      return;
    }
    future<result> first = std::move(ahead_.front());
    ahead_.pop_front();
    try {
      current_.emplace(first.get());
    } catch (...) {
      abandon();
      throw;
    }
  }

  void fill() noexcept {
    try {
      while (ahead_.size() < window_ && !exhausted_) submit_next();
    } catch (...) {  // Comes out after the results that are ahead.
      exhausted_ = true;
      source_error_ = std::current_exception();
    }
  }

  // Leaves the source's iterator on the item submitted, so that an input range is not asked for an
  // item before there is room for it.
  void submit_next() {
    if (next_)
      ++*next_;
    else
      next_ = std::ranges::begin(source_);
    exhausted_ = *next_ == std::ranges::end(source_);
    if (exhausted_) return;
    ahead_.push_back(
        submit(*on_, [this, item = item_type(**next_)]() mutable { return f_(std::move(item)); }));
  }

  void abandon() noexcept {
    exhausted_ = true;
    source_error_ = nullptr;
    for (future<result>& each : ahead_) each.cancel();
    for (future<result>& each : ahead_) each.wait();
    ahead_.clear();
  }

  executor* on_;
  Source source_;
  F f_;  // Called from several threads at once.
  std::size_t window_;
  std::optional<std::ranges::iterator_t<Source>> next_;
  bool exhausted_ = false;
  std::exception_ptr source_error_;
  std::deque<future<result>> ahead_;
  std::optional<result> current_;
};

// Calls f(item) for each item of the range on the executor; f must be callable from several
// threads at once. The source is any input range; an lvalue container must outlive the result.
template <std::ranges::viewable_range Range, class F>
[[nodiscard]] auto map(executor& on, Range&& source, F f, map_options options = {}) {
  return ordered_map<std::views::all_t<Range>, F>(on, std::views::all(std::forward<Range>(source)),
                                                  std::move(f), options);
}

}  // namespace par::inline PAR_ABI
