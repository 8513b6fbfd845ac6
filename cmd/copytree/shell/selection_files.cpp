#include "copytree/shell/selection_files.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "copytree/selection/pattern_list.h"
#include "copytree/system/read_file.h"

namespace copytree {

namespace {

par::unexpected<error> unreadable(const std::string& path, std::errc why) {
  return par::unexpected<error>(
      error{.what = operation::open_source, .reason = why, .source = path, .destination = ""});
}

}  // namespace

par::expected<std::shared_ptr<const pattern_list>, error> read_patterns(
    file_system& fs, const std::vector<pattern_source>& sources) {
  if (sources.empty()) return nullptr;
  pattern_list patterns;
  for (const auto& [text, is_file] : sources) {
    if (!is_file) {
      patterns.add(text);
      continue;
    }
    const auto lines = read_named(fs, text);
    if (!lines) return unreadable(text, lines.error());
    patterns.add_lines(*lines);
  }
  return std::make_shared<const pattern_list>(std::move(patterns));
}

par::expected<source_list, error> read_sources(file_system& fs, const std::string& path) {
  const auto text = read_named(fs, path);
  if (!text) return unreadable(path, text.error());
  source_list result;
  std::size_t number = 0;
  for (std::string_view rest = *text; !rest.empty();) {
    ++number;
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    if (end == 0) {
      result.empty.push_back({.what = operation::empty_name,
                              .source = path + ":" + std::to_string(number),
                              .destination = ""});
    } else {
      result.names.emplace_back(rest.substr(0, end));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return result;
}

}  // namespace copytree
