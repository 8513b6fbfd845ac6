// A point in time at which a wait gives up, or never.
#pragma once

#include <algorithm>
#include <chrono>
#include <type_traits>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// A value; every timed wait of libpar comes down to one. Measured on the steady clock, so setting
// the wall clock neither shortens nor lengthens a wait that has begun.
class deadline {
 public:
  using clock = std::chrono::steady_clock;

  [[nodiscard]] static constexpr deadline never() noexcept {
    return deadline(clock::time_point::max());
  }

  // From now; a span past the clock's range means never, a negative one means at once.
  template <class Rep, class Period>
  [[nodiscard]] static deadline in(std::chrono::duration<Rep, Period> span) {
    const auto now = clock::now();
    // Compared as floating point, since the span may not fit the clock's own unit.
    using seconds = std::chrono::duration<long double>;
    if (seconds(span) >= seconds(clock::time_point::max() - now)) return never();
    if (span <= span.zero()) return deadline(now);
    return deadline(now + std::chrono::ceil<clock::duration>(span));
  }

  // A time of this clock is kept as it is; one of another is translated once, by what is left now.
  template <class Clock, class Duration>
  [[nodiscard]] static deadline at(std::chrono::time_point<Clock, Duration> time) {
    if constexpr (std::is_same_v<decltype(time), clock::time_point>) {
      return deadline(std::max(time, clock::time_point()));  // The kernel takes none before that.
    }
    const auto now = Clock::now();
    if (time <= now) return deadline(clock::now());
    return in(time - now);
  }

  [[nodiscard]] constexpr bool is_never() const noexcept {
    return time_ == clock::time_point::max();
  }
  [[nodiscard]] bool passed() const noexcept { return !is_never() && clock::now() >= time_; }
  [[nodiscard]] constexpr clock::time_point time() const noexcept { return time_; }

 private:
  explicit constexpr deadline(clock::time_point time) noexcept : time_(time) {}

  clock::time_point time_;
};

}  // namespace par::inline PAR_ABI
