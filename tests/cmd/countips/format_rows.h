// What lines of every known format look like, for generated logs.
#pragma once

#include <string>
#include <vector>

#include "cmd/countips/line_escapes.h"

namespace countips {

// A line is one of the texts, each <name> in which is replaced: <client>, <clf>, <request> and so
// on. Texts that a client has sent are escaped.
struct format_row {
  std::string name;
  line_escape escape;
  std::vector<std::string> texts;
  std::vector<std::string> headers = {};  // One for each of the texts.
};

[[nodiscard]] const std::vector<format_row>& format_rows();

}  // namespace countips
