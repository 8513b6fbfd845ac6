// Options about which entries are copied, and where to.
#include "copytree/command_line/option_rows.h"

namespace copytree {

namespace {

cli::option into_directory(settings& target) {
  return {.name = "target-directory",
          .letter = 't',
          .argument = "DIRECTORY",
          .help = "Copy every operand into DIRECTORY, which must exist.",
          .apply = [&target](std::string_view value) -> cli::applied {
            if (target.target_directory) {
              return par::unexpected<std::string>("there is another one already");
            }
            target.target_directory = value;
            return {};
          }};
}

}  // namespace

std::vector<cli::option> place_options(settings& target) {
  bool& recursive = target.how.recursive;
  return {
      cli::flag("archive", 'a',
                "Copy directories with all that is in them and keep everything: the default, "
                "accepted because cp has it.",
                recursive),
      cli::flag("recursive", 'r', "The same: the default.", recursive),
      cli::flag("", 'R', "The same as -r.", recursive),
      into_directory(target),
      cli::flag("no-target-directory", 'T',
                "Take DESTINATION for the name of the copy, even if it is a directory.",
                target.target_is_name),
      cli::flag("parents", '\0', "Copy a SOURCE into DESTINATION under the whole path given.",
                target.operands.parents),
      cli::flag("strip-trailing-slashes", '\0', "Remove slashes from the end of each SOURCE.",
                target.operands.strip_trailing_slashes),
      cli::flag("one-file-system", 'x',
                "Do not go down into other file systems: their mount points are copied as empty "
                "directories.",
                target.how.one_file_system),
      cli::flag("backup-copy", '\0',
                "Take one SOURCE and no DESTINATION: copy it to the same name with '[backup]' "
                "appended, which must not exist yet.",
                target.backup_copy),
  };
}

}  // namespace copytree
