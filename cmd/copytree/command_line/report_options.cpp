// Options about what is said.
#include "copytree/command_line/option_rows.h"

namespace copytree {

std::vector<cli::option> report_options(settings& target) {
  return {
      cli::flag("verbose", 'v',
                "Print a line for each entry once it is copied: 'source' -> 'destination'.",
                target.how.list_entries),
      action("debug", '\0',
             "The same, and for each file how its content got across: by the kernel, by sharing "
             "blocks, with holes.",
             [&target] { target.how.explain = target.how.list_entries = true; }),
      cli::flag("dry-run", '\0',
                "Copy nothing; print what would be copied, as --verbose does when it is, and "
                "report what would be refused.",
                target.how.dry_run),
      cli::flag("json", '\0', "Print a summary as one line of JSON on standard output.",
                target.json),
  };
}

}  // namespace copytree
