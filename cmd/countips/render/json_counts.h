// What a row of a report counts, as members of a JSON object (RFC 8259).
#pragma once

#include <string>

#include "countips/counting/report.h"

namespace countips {

// "requests": 9, "clients": 3, and as far as they were asked for
// "hosts": 1, "top": [{"client": "192.0.2.1", "requests": 7}]
[[nodiscard]] std::string json_counts(const report_row& row);

}  // namespace countips
