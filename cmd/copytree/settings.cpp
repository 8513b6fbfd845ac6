#include "copytree/settings.h"

#include <utility>

namespace copytree {

std::vector<cli::option> option_table(settings& target) {
  std::vector<cli::option> table = {
      cli::flag("verbose", 'v',
                "Print a line for each entry once it is copied: 'source' -> 'destination'.",
                target.verbose),
      cli::flag("dry-run", '\0',
                "Copy nothing; print what would be copied, as --verbose does when it is, and "
                "report what would be refused.",
                target.dry_run),
      cli::flag("json", '\0', "Print a summary as one line of JSON on standard output.",
                target.json),
      cli::flag("backup-copy", '\0',
                "Take one SOURCE and no DESTINATION: copy it to the same name with '[backup]' "
                "appended, which must not exist yet.",
                target.backup_copy),
  };
  for (cli::option& one : selection_options(target.selection)) table.push_back(std::move(one));
  return table;
}

}  // namespace copytree
