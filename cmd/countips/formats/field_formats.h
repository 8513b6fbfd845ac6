// The known formats of delimited fields.
#pragma once

#include <memory>
#include <vector>

#include "countips/formats/log_format.h"

namespace countips {

// The most specific first: of two that read a line, the first is the one that it is in. Those that
// follow headers give nothing but rejects for a log that has none.
[[nodiscard]] std::vector<std::shared_ptr<const log_format>> field_formats();

}  // namespace countips
