// countips as the shell sees it: its options, and how its answer is told.
#pragma once

#include "cli/command.h"
#include "countips/shell/settings.h"

namespace countips {

// The settings are filled in when the command line is parsed; they must outlive the command.
[[nodiscard]] cli::command make_command(settings& chosen);

}  // namespace countips
