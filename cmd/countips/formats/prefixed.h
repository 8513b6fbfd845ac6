// Logs in any format whose lines have a prefix.
#pragma once

#include <memory>

#include "countips/formats/log_format.h"
#include "countips/formats/prefixes.h"

namespace countips {

// Lines of the inner format behind the prefix. A line without it is given to the inner format as it
// is. Of several prefixes the inner ones are part of the inner format.
[[nodiscard]] std::shared_ptr<const log_format> prefixed_format(
    line_prefix prefix, std::shared_ptr<const log_format> inner);

}  // namespace countips
