// Why an input could not be read or not wholly, in words.
#pragma once

#include <string>
#include <string_view>

#include "countips/input/failure.h"

namespace countips {

// What was tried on the input: "open", "list" or "read"; empty unless that is what failed.
[[nodiscard]] std::string_view failed_attempt(failure::kind what);

// "cannot open: Permission denied", "the name is empty"
[[nodiscard]] std::string failure_reason(const failure& why);

}  // namespace countips
