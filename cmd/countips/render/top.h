// The clients with the most requests, as rows of their own.
#pragma once

#include <string>
#include <string_view>

#include "countips/counting/report.h"

namespace countips {

// How a format with a delimiter writes the text of a field.
using field_text = std::string (*)(std::string_view);

// In long form, each client of each group on a line of its own: group, rank from 1, client,
// requests.
[[nodiscard]] std::string render_top(const report& what, bool header, char delimiter,
                                     field_text field);

}  // namespace countips
