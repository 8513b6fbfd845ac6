// copytree's own command: its option table, and what it does with what it is given.
#pragma once

#include "cli/command.h"

namespace copytree {

[[nodiscard]] cli::command make_command();

}  // namespace copytree
