// The .gitignore files that apply in a directory: its own and those of the directories above it.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "copytree/selection/pattern_list.h"
#include "copytree/system/fs.h"

namespace copytree {

// One file's rules, chained to those of the directories above. Immutable.
class ignore_rules {
 public:
  // Paths of entries are given below the operand; `prefix` is how much of each leads to the
  // directory of this file, with the slash behind it.
  ignore_rules(std::shared_ptr<const ignore_rules> outer, pattern_list patterns, std::size_t prefix)
      : outer_(std::move(outer)), patterns_(std::move(patterns)), prefix_(prefix) {}
  ignore_rules(const ignore_rules&) = delete;
  ignore_rules& operator=(const ignore_rules&) = delete;
  ~ignore_rules();  // Does not recurse, however long the chain.

  // The innermost file that says anything of the entry decides.
  [[nodiscard]] verdict judge(std::string_view path, bool is_directory) const;

  [[nodiscard]] const pattern_list& patterns() const { return patterns_; }

 private:
  std::shared_ptr<const ignore_rules> outer_;
  const pattern_list patterns_;
  const std::size_t prefix_;
};

// The rules in a directory that is open: `outer`, or with a .gitignore of its own that is a regular
// file, a link of the chain more.
[[nodiscard]] os_result<std::shared_ptr<const ignore_rules>> rules_in(
    file_system& fs, int directory, std::shared_ptr<const ignore_rules> outer, std::size_t prefix);

}  // namespace copytree
