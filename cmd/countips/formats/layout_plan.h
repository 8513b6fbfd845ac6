// What of a layout is to be read for the rules given.
#pragma once

#include <cstddef>

#include "countips/formats/layout.h"
#include "countips/records/read_rules.h"

namespace countips {

struct layout_plan {
  bool takes_forwarded = false;  // The client is who a proxy says, if it says so.
  bool is_in_head = false;       // All that the client is taken from stands before the time.
  bool goes_backward = false;    // The head is read from its end.
  bool needs_address = false;    // A name could be a piece of what stands before it.
  bool has_others = false;       // There are more fields of clients before the time.
  std::size_t head = 0;          // How many fields before the time are read, if forward.
  std::size_t tail = 0;          // How many fields behind the time are read.
};

[[nodiscard]] layout_plan plan_for(const layout& of, const read_rules& rules);

}  // namespace countips
