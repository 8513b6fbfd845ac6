#include "copytree/selection/pattern_list.h"

#include <algorithm>

namespace copytree {

namespace {

std::string_view without_trailing_blanks(std::string_view line) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escapes = line[i] == '\\';
    if (escapes) ++i;  // What stands behind it counts, be it a blank.
    if (escapes || line[i] != ' ') kept = std::min(i + 1, line.size());
  }
  return line.substr(0, kept);
}

}  // namespace

void pattern_list::add(std::string_view pattern) {
  texts_.emplace_back(pattern);
  const bool negated = pattern.starts_with('!');
  if (negated) pattern.remove_prefix(1);
  const bool directories_only = pattern.ends_with('/');
  if (directories_only) pattern.remove_suffix(1);
  const bool has_slash = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  (has_slash ? paths_ : names_).add(glob(pattern), negated_.size(), directories_only);
  negated_.push_back(negated);
}

void pattern_list::add_lines(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (line.ends_with('\r')) line.remove_suffix(1);
    add(without_trailing_blanks(line));
  }
}

verdict pattern_list::judge(std::string_view path, bool is_directory) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0.
  const auto last =
      std::max(names_.last_match(name, is_directory), paths_.last_match(path, is_directory));
  if (!last) return verdict::none;
  return negated_[*last] ? verdict::include : verdict::exclude;
}

}  // namespace copytree
