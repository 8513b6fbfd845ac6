// What the command line says of which entries are copied.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/option.h"
#include "copytree/error.h"
#include "copytree/fs.h"
#include "copytree/options.h"
#include "par/base/expected.h"

namespace copytree {

struct selection_settings {
  struct pattern {
    std::string text;  // Of the pattern, or the path of a file of them.
    bool is_file = false;
  };
  std::vector<pattern> patterns;  // In the order of the command line.
  bool gitignore = false;
  bool mirror = false;
  std::string files0_from;  // Empty: the sources are operands.
};

// The options that fill them in; `target` must outlive the parsing.
[[nodiscard]] std::vector<cli::option> selection_options(selection_settings& target);

// Reads the files of patterns and puts all that was asked for into `how`; or tells which file
// cannot be read.
[[nodiscard]] par::expected<void, error> select_entries(file_system& fs,
                                                        const selection_settings& wanted,
                                                        options& how);

// A list of names, each of which ends in a NUL; the last need not.
struct source_list {
  std::vector<std::string> names;
  std::vector<error> empty;  // Names without a byte, by their number in the list.
};

[[nodiscard]] par::expected<source_list, error> read_sources(file_system& fs,
                                                             const std::string& path);

}  // namespace copytree
