#include "copytree/selection_settings.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "copytree/pattern_list.h"
#include "copytree/read_file.h"

namespace copytree {

namespace {

cli::option pattern_option(std::string name, std::string argument, std::string help,
                           std::string_view prefix, bool is_file, selection_settings& target) {
  return {.name = std::move(name),
          .argument = std::move(argument),
          .help = std::move(help),
          .apply = [prefix, is_file, &target](std::string_view given) -> cli::applied {
            target.patterns.push_back({std::string(prefix) + std::string(given), is_file});
            return {};
          }};
}

par::unexpected<error> unreadable(const std::string& path, std::errc why) {
  return par::unexpected<error>(
      error{.what = operation::open_source, .reason = why, .source = path, .destination = ""});
}

}  // namespace

std::vector<cli::option> selection_options(selection_settings& target) {
  return {
      pattern_option("exclude", "PATTERN",
                     "Leave out what the pattern matches, as in a .gitignore file in each SOURCE: "
                     "'*.o' anywhere, '/build' at its top, 'tmp/' directories only. Of several "
                     "patterns the last that matches decides.",
                     "", false, target),
      pattern_option("include", "PATTERN",
                     "Copy what the pattern matches after all, unless a directory above it is left "
                     "out; the same as --exclude '!PATTERN'.",
                     "!", false, target),
      pattern_option("exclude-from", "FILE",
                     "Take patterns from a file, one per line as in .gitignore; '-' is standard "
                     "input.",
                     "", true, target),
      cli::flag("gitignore", '\0',
                "Leave out what the .gitignore files in the source say, at all levels. Patterns "
                "given as options come before them.",
                target.gitignore),
      cli::text("files0-from", '\0', "FILE",
                "Take the names of the sources from a file, where each ends in a NUL byte, instead "
                "of the command line; '-' is standard input.",
                target.files0_from),
      cli::flag("delete", '\0',
                "Afterwards remove from each copied directory what its source does not have, "
                "except what the patterns leave out. Nothing is removed if there was any error.",
                target.mirror),
  };
}

par::expected<void, error> select_entries(file_system& fs, const selection_settings& wanted,
                                          options& how) {
  how.gitignore = wanted.gitignore;
  how.mirror = wanted.mirror;
  if (wanted.patterns.empty()) return {};
  pattern_list patterns;
  for (const auto& [text, is_file] : wanted.patterns) {
    if (!is_file) {
      patterns.add(text);
      continue;
    }
    const auto lines = read_named(fs, text);
    if (!lines) return unreadable(text, lines.error());
    patterns.add_lines(*lines);
  }
  how.patterns = std::make_shared<const pattern_list>(std::move(patterns));
  return {};
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
