// An order carried out in a shell: from the session to its output.
#pragma once

#include "cli/session.h"
#include "cli/status.h"
#include "fib/shell/order.h"

namespace fib {

// Throws cli::usage_error for what would need more memory than there is.
[[nodiscard]] cli::status print(cli::session& session, const order& wanted);

}  // namespace fib
