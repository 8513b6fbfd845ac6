// What the lines of every known format say, told by one regular expression or two of each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmd/countips/oracle.h"

namespace countips {

// The names of all formats that are recognised by themselves.
[[nodiscard]] std::vector<std::string> oracle_names();

// For a format of such a name, or one of them behind prefixes: "combined in syslog".
[[nodiscard]] line_oracle oracle_of(std::string_view name);

}  // namespace countips
