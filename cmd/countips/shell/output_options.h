// The options that say how the answer is printed.
#pragma once

#include <string>
#include <vector>

#include "cli/option.h"
#include "cli/terminal.h"

namespace countips {

enum class format_choice { automatic, table, tsv, csv, json, ndjson };

struct output_settings {
  format_choice format = format_choice::automatic;
  bool no_header = false;
  bool total = false;
  cli::when bars = cli::when::automatic;
  std::string html = {};  // Where a page goes; empty: nowhere, "-": where the answer would go.
};

// They fill the settings in, which must outlive them.
[[nodiscard]] std::vector<cli::option> output_options(output_settings& chosen);

}  // namespace countips
