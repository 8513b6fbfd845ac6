// The labels below an axis of time.
#pragma once

#include <string>
#include <vector>

#include "countips/render/page/time_line.h"

namespace countips {

struct axis_label {
  double left = 0;
  double width = 0;  // An upper bound.
  int line = 0;      // 0 is right below the axis; line 1 tells what line 0 leaves out, as the year.
  std::string text;
};

// Where the slots are drawn, in pixels.
struct axis_place {
  double left = 0;
  double pitch = 1;         // From one slot to the next.
  double right_margin = 0;  // That a label may use behind the last slot.
};

// As many as fit, at round dates (every Monday, every first of a month, every fifth year), none
// touching another of its line.
[[nodiscard]] std::vector<axis_label> axis_labels(const time_line& line, const axis_place& place);

}  // namespace countips
