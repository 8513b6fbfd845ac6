// Ways to label an axis of time with round dates.
#pragma once

#include <string>
#include <vector>

#include "countips/render/page/time_span.h"

namespace countips {

struct label_plan {
  using text = std::string (*)(const span_begin&);

  bool (*labelled)(const span_begin&);  // Whether the span gets a label.
  text upper;                           // Of each of these.
  text lower;                           // Given once for all that have the same; may be empty.
};

// For an axis of such spans, from the label of each span to that of each tenth year.
[[nodiscard]] std::vector<label_plan> plans_for(grouping by);

}  // namespace countips
