// The options of a command line of cp, as they were given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "copytree/cp/command_line.h"
#include "copytree/shell/overwriting.h"

namespace copytree::gnu {

// Later options change what earlier ones have set; what follows from several of them together is
// found out by conclude().
struct options_given {
  command_line line;
  bool recursive = false;
  bool copy_contents = false;
  bool hard_links = false;
  bool symbolic_links = false;
  std::optional<follow_links> follow;
  overwriting existing_files;
  bool backups = false;
  std::optional<std::string> backup_kind;
  std::optional<std::string> suffix;
  std::optional<std::string> target_directory;
  bool target_is_name = false;
  bool default_context = false;             // -Z or --context.
  std::optional<std::string> context = {};  // What --context= names.
};

// Reads the options; `arguments` keep only the operands.
[[nodiscard]] par::expected<options_given, misuse> read_options(std::vector<std::string>& arguments,
                                                                const environment& around);

}  // namespace copytree::gnu
