// countips as the shell sees it: its options, and how its answer is told.
#pragma once

#include "cli/command.h"
#include "countips/options.h"
#include "countips/render/render.h"

namespace countips {

enum class format_choice { automatic, table, tsv, csv, json };

struct settings {
  grouping by = grouping::day;
  format_choice format = format_choice::automatic;
  bool no_header = false;
};

// The settings are filled in when the command line is parsed; they must outlive the command.
[[nodiscard]] cli::command make_command(settings& chosen);

}  // namespace countips
