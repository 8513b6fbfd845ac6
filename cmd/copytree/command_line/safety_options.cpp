// Options about how sure one may be of a copy, and at what pace it is made.
#include "copytree/command_line/option_rows.h"

namespace copytree {

std::vector<cli::option> safety_options(settings& target) {
  return {
      cli::flag("atomic", '\0',
                "Give no file its name before it is complete, not even where none was before.",
                target.how.atomic),
      cli::flag("fsync", '\0', "Have everything on disk before success is reported.",
                target.how.sync),
      cli::flag("verify", '\0',
                "Read every file back from the disk and compare its sum (XXH3, 128 bits) with that "
                "of what was read from the source.",
                target.how.verify),
      cli::text("manifest", '\0', "FILE",
                "Write the sums of all files to FILE, sorted by name, in the form that 'xxhsum -c' "
                "checks.",
                target.manifest),
      cli::size("bwlimit", '\0',
                "Copy at most so many bytes per second, over all threads together; 0 is no limit.",
                target.how.bytes_per_second),
  };
}

}  // namespace copytree
