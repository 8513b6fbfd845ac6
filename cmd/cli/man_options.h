// The option part of a man page.
#pragma once

#include <span>
#include <string>

#include "cli/option.h"

namespace cli {

// What stands between ".SH OPTIONS" and the next section, in roff with the macros of man(7).
[[nodiscard]] std::string man_options(std::span<const option> table);

}  // namespace cli
