// An ordered list of gitignore patterns: the last that matches decides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "copytree/selection/glob_index.h"

namespace copytree {

enum class verdict { none, exclude, include };

// The rules are those of gitignore(5): "!" before a pattern takes back what others exclude; a slash
// behind it means directories only; one elsewhere in it means that it is matched with the whole
// path instead of the name alone. Safe to read from several threads.
class pattern_list {
 public:
  // One pattern, every byte of which counts.
  void add(std::string_view pattern);

  // A file of them, one per line: empty lines, comments (#), blanks at the end of a line (unless
  // behind a backslash), a carriage return there and a byte order mark are dropped.
  void add_lines(std::string_view text);

  // What the list says of an entry; its path is relative, without a slash at the end.
  [[nodiscard]] verdict judge(std::string_view path, bool is_directory) const;

  [[nodiscard]] bool empty() const { return negated_.empty(); }

  // What add() was given, in order: the same list can be made of it.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  glob_index names_;
  glob_index paths_;
  std::vector<bool> negated_;       // By rank.
  std::vector<std::string> texts_;  // The same.
};

}  // namespace copytree
