// The rows of the option table that say which entries are copied, and which removed.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copytree/command_line/option_rows.h"

namespace copytree {

namespace {

cli::option pattern_option(std::string name, std::string argument, std::string help,
                           std::string_view prefix, bool is_file, settings& target) {
  return {.name = std::move(name),
          .argument = std::move(argument),
          .help = std::move(help),
          .apply = [prefix, is_file, &target](std::string_view given) -> cli::applied {
            target.patterns.push_back({std::string(prefix) + std::string(given), is_file});
            return {};
          }};
}

}  // namespace

std::vector<cli::option> selection_options(settings& target) {
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
                target.how.gitignore),
      cli::text("files0-from", '\0', "FILE",
                "Take the names of the sources from a file, where each ends in a NUL byte, instead "
                "of the command line; '-' is standard input.",
                target.files0_from),
      cli::flag("delete", '\0',
                "Afterwards remove from each copied directory what its source does not have, "
                "except what the patterns leave out. Nothing is removed if there was any error.",
                target.how.mirror),
  };
}

}  // namespace copytree
