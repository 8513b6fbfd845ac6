// The options that say who is a client.
#pragma once

#include <cstddef>
#include <vector>

#include "cli/option.h"
#include "countips/records/read_rules.h"

namespace countips {

// The rules are filled in when the command line is parsed; they must outlive the options.
[[nodiscard]] std::vector<cli::option> client_options(read_rules& rules);

// How many clients are named in each group.
[[nodiscard]] cli::option top_option(std::size_t& top);

}  // namespace countips
