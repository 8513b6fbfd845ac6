// What the lines of logs say whose columns have names, be it in headers or in every field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmd/countips/format_oracle.h"

namespace countips {

[[nodiscard]] std::vector<std::string> oracle_table_names();

// Empty unless it is the name of such a format.
[[nodiscard]] line_oracle oracle_of_table(std::string_view name);

}  // namespace countips
