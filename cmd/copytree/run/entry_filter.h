// Which entries of one directory are left out.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "copytree/model/options.h"
#include "copytree/selection/ignore_rules.h"
#include "copytree/selection/pattern_list.h"

namespace copytree {

class open_directory;

// Whether anything is left out at all.
[[nodiscard]] inline bool filters(const options& how) {
  return how.patterns != nullptr || how.gitignore;
}

// The user's own patterns decide; what they say nothing of is up to the .gitignore files. What is
// an operand itself is never left out. Whoever leaves a directory out does not enter it, so that
// nothing below it can come back.
class entry_filter {
 public:
  // `directory` is the path below the operand, "" for the operand itself. The options must outlive
  // the filter.
  entry_filter(const options& how, std::shared_ptr<const ignore_rules> rules,
               std::string directory);

  [[nodiscard]] bool excludes(std::string_view name, bool is_directory);

 private:
  const options& how_;
  const std::shared_ptr<const ignore_rules> rules_;
  std::string path_;  // Of the directory, with a slash behind it; an entry is appended.
  const std::size_t prefix_;
};

// The path of a directory below its operand: "" for the operand, else "a/b".
[[nodiscard]] std::string path_below_operand(const open_directory& directory);

// How much of such a path leads into the directory: with the slash behind it.
[[nodiscard]] inline std::size_t prefix_of(std::string_view directory) {
  return directory.empty() ? 0 : directory.size() + 1;
}

}  // namespace copytree
