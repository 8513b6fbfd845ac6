// What the command line asks for.
#pragma once

#include <vector>

#include "cli/option.h"
#include "copytree/selection_settings.h"

namespace copytree {

struct settings {
  bool verbose = false;
  bool dry_run = false;
  bool json = false;
  bool backup_copy = false;
  selection_settings selection;
};

// The options that fill them in; `target` must outlive the parsing.
[[nodiscard]] std::vector<cli::option> option_table(settings& target);

}  // namespace copytree
