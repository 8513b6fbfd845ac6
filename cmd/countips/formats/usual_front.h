// A short cut through lines of a layout that begins with the time and has the client behind it.
#pragma once

#include <string_view>

#include "countips/clients/client.h"
#include "countips/formats/layout.h"
#include "countips/formats/layout_plan.h"
#include "countips/formats/text_model.h"
#include "countips/records/read_rules.h"

namespace countips {

// For layout_reader: accepts nothing that it would not read the same way. Not thread-safe.
class usual_front {
 public:
  // The layout must outlive it.
  usual_front(const layout& of, const layout_plan& plan, const read_rules& rules);

  // What the last hit was read from: its time, and behind it its client, both parts of the line.
  void keep(std::string_view line, std::string_view time, std::string_view who);

  // Whether the line is like that of the last hit but for the minute and the client, an address,
  // which it gives; what stands behind that is not looked at.
  [[nodiscard]] bool read(std::string_view line, client& who);

 private:
  const layout_field* const who_;  // Null if no line can be read so.
  text_model front_;               // Up to the client.
};

}  // namespace countips
