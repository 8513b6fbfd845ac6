// The options of countips that say how logs are to be read, and what is told of their lines.
#pragma once

#include <vector>

#include "cli/option.h"
#include "countips/shell/settings.h"

namespace countips {

[[nodiscard]] std::vector<cli::option> format_options(settings& chosen);

}  // namespace countips
