// Why inputs were read as they were.
#pragma once

#include <string>
#include <string_view>

#include "countips/counting/report.h"

namespace countips {

// For people: the format of each input, on what evidence, what its lines were, and the first that
// were rejected.
[[nodiscard]] std::string render_explanation(const report& what);

[[nodiscard]] std::string_view text_of(reject_reason why);  // "no client"

}  // namespace countips
