#include "copytree/transfer_options.h"

namespace copytree {

void add_transfer_options(std::vector<cli::option>& table, settings& target) {
  cli::option resume;
  resume.name = "resume";
  resume.help =
      "Go on where an earlier copy ended: pass over what has the same type, size and time of "
      "modification, put its owner and mode right, and remove the temporary files of killed "
      "copies.";
  resume.apply = [&target](std::string_view) -> cli::applied {
    target.how.only = update::same;
    return {};
  };
  table.push_back(std::move(resume));
  table.push_back(cli::flag("atomic", '\0',
                            "Give no file its name before it is complete, not even where none was "
                            "before.",
                            target.how.atomic));
  table.push_back(cli::flag("fsync", '\0', "Have everything on disk before success is reported.",
                            target.how.sync));
  table.push_back(cli::flag("verify", '\0',
                            "Read every file back from the disk and compare its sum (XXH3, 128 "
                            "bits) with that of what was read from the source.",
                            target.how.verify));
  table.push_back(cli::text("manifest", '\0', "FILE",
                            "Write the sums of all files to FILE, sorted by name, in the form that "
                            "'xxhsum -c' checks.",
                            target.manifest));
  table.push_back(cli::size("bwlimit", '\0',
                            "Copy at most so many bytes per second, over all threads together; 0 "
                            "is no limit.",
                            target.how.bytes_per_second));
}

}  // namespace copytree
