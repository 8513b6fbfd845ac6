// The options that say how content gets across, and how sure one may be of it.
#pragma once

#include <vector>

#include "cli/option.h"
#include "copytree/settings.h"

namespace copytree {

// Appends them to a table; `target` must outlive the parsing.
void add_transfer_options(std::vector<cli::option>& table, settings& target);

}  // namespace copytree
