// Rows as JSON (RFC 8259), an object each.
#pragma once

#include <string>

#include "countips/counting/report.h"

namespace countips {

// {"day": "2024-02-29", "requests": 3, "clients": 2}, where the first is called after the group.
[[nodiscard]] std::string json_row(grouping by, const report_row& row);

}  // namespace countips
