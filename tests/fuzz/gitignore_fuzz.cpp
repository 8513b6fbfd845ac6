// A file of patterns and a path: whatever they hold, the index says the same as one pattern after
// another, and a match is what head and tail say it must be.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copytree/selection/glob.h"
#include "copytree/selection/pattern_list.h"
#include "fuzz/require.h"

namespace {

using copytree::glob;
using copytree::pattern_list;
using copytree::verdict;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// One list per line, the last that says anything decides.
verdict judge_in_turn(std::string_view text, std::string_view path, bool is_directory) {
  verdict said = verdict::none;
  for (const std::string_view line : lines_of(text)) {
    pattern_list one;
    one.add_lines(line);
    const verdict now = one.judge(path, is_directory);
    if (now != verdict::none) said = now;
  }
  return said;
}

void check_list(std::string_view text, std::string_view path) {
  if (text.find("\xef\xbb\xbf") != std::string_view::npos) return;  // Only dropped at the very top.
  pattern_list all;
  all.add_lines(text);
  for (const bool is_directory : {false, true}) {
    require(all.judge(path, is_directory) == judge_in_turn(text, path, is_directory));
  }
}

void check_glob(std::string_view pattern, std::string_view text) {
  const glob one(pattern);
  if (!one.matches(text)) return;
  require(one.well_formed());
  require(text.starts_with(one.head()) && text.ends_with(one.tail()));
  if (one.is_literal()) require(text == one.head());
}

}  // namespace

// The path is what stands before the first NUL, the patterns what stands behind it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\0'), size);
  const std::string_view path = input.substr(0, end);
  const std::string_view patterns = input.substr(std::min(end + 1, size));
  check_list(patterns, path);
  for (const std::string_view line : lines_of(patterns)) check_glob(line, path);
  return 0;
}
