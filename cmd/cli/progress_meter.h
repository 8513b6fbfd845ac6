// From samples in time to percentage, rate and time left.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "cli/progress_sample.h"

namespace cli {

struct progress_figures {
  std::optional<int> percent;              // None while the total is not known or still grows.
  std::optional<double> bytes_per_second;  // Over the last seconds, or since the last sample if
                                           // that is longer ago; none before half a second.
  std::optional<double> items_per_second;
  std::optional<std::chrono::seconds> left;  // None where percent is none, or nothing moves.
  std::chrono::nanoseconds elapsed{0};
};

class progress_meter {
 public:
  // Samples come in the order of time, which begins with nothing done. The percentage never falls,
  // is never above 100, and is 100 only when both items and bytes are done.
  progress_figures update(const progress_sample& sample, std::chrono::nanoseconds elapsed);

 private:
  struct point {
    std::chrono::nanoseconds at{0};
    double items = 0;
    double bytes = 0;
    double work = 0;
  };

  std::deque<point> recent_ = {point()};  // Of the last seconds, oldest first.
  int highest_ = 0;
};

}  // namespace cli
