// Futures as a range, in the order in which they are done.
//
//   for (par::future<page>& each : par::as_completed(std::move(fetches))) show(each.get());
#pragma once

#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "par/base/pull_iterator.h"
#include "par/pools/completions.h"
#include "par/pools/future_base.h"
#include "par/pools/wait.h"

namespace par::inline PAR_ABI {

// The time was up; what() says "2 (of 4) futures unfinished".
class futures_unfinished : public std::runtime_error {
 public:
  futures_unfinished(std::size_t left, std::size_t total)
      : std::runtime_error(std::to_string(left) + " (of " + std::to_string(total) +
                           ") futures unfinished") {}
};

namespace detail {

// Leaves the first of those that stand for the same task.
template <class Future>
std::vector<Future> without_duplicates(std::vector<Future> futures) {
  std::unordered_set<const future_state*> seen;
  std::erase_if(futures, [&](const Future& each) {
    return !seen.insert(&future_access::state(each)).second;
  });
  return futures;
}

}  // namespace detail

// What as_completed returns: an input range of Future&. Each is handed out as soon as it is done,
// once even if it was given several times (shared_future), and dropped when the next is asked for.
// When the time is up before the last, ++ or begin throws futures_unfinished; a stop request just
// ends the range. One thread uses it.
template <class Future>
class completed_range {
 public:
  completed_range(std::vector<Future> futures, deadline until, std::stop_token stop)
      : futures_(detail::without_duplicates(std::move(futures))),
        ending_(detail::states_of(futures_)),
        until_(until),
        stop_(std::move(stop)) {}
  completed_range(completed_range&&) = delete;  // The futures tell it when they are done.

  using iterator = detail::pull_iterator<completed_range, Future>;

  // Waits for the first; call it once.
  [[nodiscard]] iterator begin() {
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend iterator;

  void advance() {
    current_.reset();
    if (const auto which = ending_.next(until_, stop_)) {
      current_.emplace(std::move(futures_[*which]));
    } else if (ending_.left() > 0 && !stop_.stop_requested()) {
      throw futures_unfinished(ending_.left(), ending_.total());
    }
  }

  std::vector<Future> futures_;
  detail::completions ending_;  // Before futures_ goes, so after it here.
  deadline until_;
  std::stop_token stop_;
  std::optional<Future> current_;
};

// Futures or shared_futures, all valid; the range owns them. Python's
// concurrent.futures.as_completed.
template <class Future>
[[nodiscard]] completed_range<Future> as_completed(std::vector<Future> futures,
                                                   std::stop_token stop = {}) {
  return {std::move(futures), deadline::never(), std::move(stop)};
}

// The time counts from now, for the range as a whole.
template <class Future, class Rep, class Period>
[[nodiscard]] completed_range<Future> as_completed(std::vector<Future> futures,
                                                   std::chrono::duration<Rep, Period> span) {
  return {std::move(futures), deadline::in(span), {}};
}

}  // namespace par::inline PAR_ABI
