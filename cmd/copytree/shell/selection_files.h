// Files that say which entries are copied: patterns, and names of sources.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "copytree/model/error.h"
#include "copytree/selection/pattern_list.h"
#include "copytree/system/fs.h"
#include "par/base/expected.h"

namespace copytree {

struct pattern_source {
  std::string text;  // A pattern, or the path of a file of them.
  bool is_file = false;
};

// One list of them all, none if there are no sources; or which file cannot be read.
[[nodiscard]] par::expected<std::shared_ptr<const pattern_list>, error> read_patterns(
    file_system& fs, const std::vector<pattern_source>& sources);

// A list of names, each of which ends in a NUL; the last need not.
struct source_list {
  std::vector<std::string> names;
  std::vector<error> empty;  // Names without a byte, by their number in the list.
};

[[nodiscard]] par::expected<source_list, error> read_sources(file_system& fs,
                                                             const std::string& path);

}  // namespace copytree
