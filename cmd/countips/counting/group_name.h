// What groups are called in the answer.
#pragma once

#include <string>

#include "countips/tallies/group_key.h"

namespace countips {

// 2024-01-02 03:00 is an hour, 2024-10-27 02:00+01:00 one of two that the clock shows, 2024-01-02 a
// day, 2024-W01 a week (ISO 8601), 2024-01 a month, and total all of them. REQUIRES neither
// grouping::file nor grouping::host, whose names are elsewhere.
[[nodiscard]] std::string group_name(grouping by, group_key key);

}  // namespace countips
