// What the command line asks for.
#pragma once

#include <string>
#include <vector>

#include "cli/option.h"
#include "copytree/options.h"

namespace copytree {

struct settings {
  bool verbose = false;
  bool dry_run = false;
  bool json = false;
  bool backup_copy = false;
  options how;
  std::string manifest;  // The file to write the sums to; empty: none.
};

// The options that fill them in; `target` must outlive the parsing.
[[nodiscard]] std::vector<cli::option> option_table(settings& target);

}  // namespace copytree
