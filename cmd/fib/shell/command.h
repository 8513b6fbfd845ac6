// The command fib as data: operands, options, and what to do.
#pragma once

#include "cli/command.h"

namespace fib {

[[nodiscard]] cli::command make_command();

}  // namespace fib
