// From the pieces of a format string to the layout of its lines.
#pragma once

#include "countips/formats/format_tokens.h"
#include "countips/formats/layout.h"
#include "par/base/expected.h"

namespace countips {

// An error if there is no client or no day in it, or nothing tells where one of them ends. The
// first field of a role has it; of several times the first with a written day is the one, before
// those that are seconds since 1970, since it may tell the zone.
[[nodiscard]] par::expected<layout, format_error> compile_layout(format_tokens tokens);

}  // namespace countips
