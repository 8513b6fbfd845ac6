// What a command line asks countips for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "countips/shell/bad_limit.h"
#include "countips/shell/output_options.h"
#include "countips/tallies/options.h"

namespace countips {

struct settings {
  std::vector<std::string> arguments;  // The command line, without the name.
  std::optional<std::string> here;     // The variable TZ of whoever calls, if it is set.
  count_options count;
  output_settings output;
  std::string files0_from = {};  // A list of the inputs; empty: they are operands.
  bool follow = false;
  bool names_from_input = false;  // The list is standard input.

  std::vector<std::string> log_formats = {};     // As they are given.
  std::vector<std::string> configurations = {};  // Files of web servers that define formats.
  bool explain = false;
  bool rejects = false;           // Tell the rejected lines,
  std::string rejects_file = {};  // in this file; empty: on standard error.
  bad_limit most_bad = {};
};

}  // namespace countips
