// The text formats known by name.
#pragma once

#include <memory>
#include <vector>

#include "countips/formats/text_format.h"

namespace countips {

// Those that servers and proxies write of themselves or their manuals propose, the most specific
// first: a line that fits one of them seldom fits another before it. Many read each other's lines,
// so fits() has to tell which of them a log is in.
[[nodiscard]] std::vector<std::shared_ptr<const text_format>> text_formats();

}  // namespace countips
