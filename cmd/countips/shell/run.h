// Counts what a session asks for, and prints the answer.
#pragma once

#include "cli/session.h"
#include "cli/status.h"
#include "countips/shell/command.h"

namespace countips {

[[nodiscard]] cli::status run(cli::session& session, const settings& chosen);

}  // namespace countips
