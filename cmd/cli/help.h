// What --help prints.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/option.h"

namespace cli {

struct help_style {
  int columns = 80;  // Lines are no longer, and no longer than 100, which is easier to read.
  bool colored = false;
};

// Summary and first example; usage; options of the command, then the common ones; notes; the other
// examples.
[[nodiscard]] std::string help_text(const command& what, const std::vector<option>& common,
                                    help_style style);

}  // namespace cli
