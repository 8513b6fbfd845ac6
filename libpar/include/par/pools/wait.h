// Waiting for several futures at once.
//
//   auto [done, not_done] = par::wait(futures, par::return_when::first_completed);
#pragma once

#include <chrono>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <stop_token>
#include <type_traits>
#include <vector>

#include "par/pools/completions.h"
#include "par/pools/future_base.h"

namespace par::inline PAR_ABI {

enum class return_when {
  first_completed,  // Any has ended or been cancelled.
  first_exception,  // Any has thrown, or all have ended. Being cancelled is not throwing.
  all_completed
};

// Pointers into the range that was given, in its order.
template <class Future>
struct wait_result {
  std::vector<Future*> done;
  std::vector<Future*> not_done;
};

namespace detail {

template <class Range>
std::vector<future_state*> states_of(Range& futures) {
  std::vector<future_state*> states;
  for (auto& each : futures) states.push_back(&future_access::state(each));
  return states;
}

}  // namespace detail

// Waits until the condition holds, the time is up or a stop is requested, and tells which are done.
// Python's concurrent.futures.wait. The range holds futures or shared_futures, all valid, and must
// not change meanwhile.
template <std::ranges::forward_range Range>
auto wait_until(Range& futures, return_when condition, deadline until,
                const std::stop_token& stop = {}) {
  using future_type = std::remove_reference_t<std::ranges::range_reference_t<Range>>;
  {
    const std::vector<detail::future_state*> states = detail::states_of(futures);
    detail::completions ending(states);
    while (const auto which = ending.next(until, stop)) {
      if (condition == return_when::first_completed) break;
      if (condition == return_when::first_exception &&
          detail::future_access::has_exception(
              *std::next(std::ranges::begin(futures), static_cast<std::ptrdiff_t>(*which)))) {
        break;
      }
    }
  }
  wait_result<future_type> result;
  for (auto& each : futures) (each.done() ? result.done : result.not_done).push_back(&each);
  return result;
}

template <std::ranges::forward_range Range>
auto wait(Range& futures, return_when condition = return_when::all_completed,
          const std::stop_token& stop = {}) {
  return wait_until(futures, condition, deadline::never(), stop);
}

template <std::ranges::forward_range Range, class Rep, class Period>
auto wait_for(Range& futures, return_when condition, std::chrono::duration<Rep, Period> span) {
  return wait_until(futures, condition, deadline::in(span));
}

template <std::ranges::forward_range Range, class Clock, class Duration>
auto wait_until(Range& futures, return_when condition,
                std::chrono::time_point<Clock, Duration> time) {
  return wait_until(futures, condition, deadline::at(time));
}

}  // namespace par::inline PAR_ABI
