// What the command line of copytree asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/option.h"
#include "copytree/model/options.h"
#include "copytree/model/plan_request.h"
#include "copytree/shell/overwriting.h"
#include "copytree/shell/selection_files.h"

namespace copytree {

struct settings {
  options how;
  plan_request operands;  // Without the names, but for the target directory.
  overwriting existing_files;
  std::optional<std::string> target_directory;
  bool target_is_name = false;
  bool hard_links = false;
  bool symbolic_links = false;
  bool json = false;
  bool backup_copy = false;
  std::string manifest;                  // The file to write the sums to; empty: none.
  std::vector<pattern_source> patterns;  // In the order of the command line.
  std::string files0_from;               // A list of the sources; empty: they are operands.
};

constexpr const char* operand_usage = "SOURCE... DESTINATION";

// The options that fill them in; `target` must outlive the parsing.
[[nodiscard]] std::vector<cli::option> option_table(settings& target);

// Finds out what follows from several options together; `operands` are what else was given. Throws
// cli::usage_error where they do not go together.
void conclude(settings& given, std::vector<std::string> operands);

}  // namespace copytree
