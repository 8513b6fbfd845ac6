// Spans of time in the clock's own unit.
#pragma once

#include <chrono>

#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

// Rounded up, never below zero; one that does not fit is the longest that does.
template <class Rep, class Period>
[[nodiscard]] deadline::clock::duration to_span(std::chrono::duration<Rep, Period> span) {
  using longest = deadline::clock::duration;
  using seconds = std::chrono::duration<long double>;
  if (!(span > span.zero())) return longest::zero();
  if (seconds(span) >= seconds(longest::max())) return longest::max();
  return std::chrono::ceil<longest>(span);
}

}  // namespace par::inline PAR_ABI::detail
