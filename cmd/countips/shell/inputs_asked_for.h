// The inputs that a command line names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "countips/shell/command.h"

namespace countips {

// The operands of a count: those of the session, standard input if there are none, or the names of
// a list. Reports what is wrong with the list, and gives nothing if it cannot be read. Throws
// cli::usage_error for operands beside a list, and for standard input asked for twice.
[[nodiscard]] std::optional<std::vector<std::string>> inputs_asked_for(cli::session& session,
                                                                       const settings& chosen);

}  // namespace countips
