// The side of a process that copies for another one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "copytree/model/options.h"
#include "copytree/shares/share.h"
#include "par/processes/shared_memory.h"

namespace copytree {

// What such a process knows of the copy before it gets its first share.
struct share_setup {
  options how;  // Without the patterns.
  std::vector<std::string> patterns;
  bool has_patterns = false;
  std::uint32_t processes = 1;
  par::shared_memory memory;  // Holds the board.

  template <class Archive>
  void serialize(Archive& archive) {
    archive(how, patterns, has_patterns, processes, memory);
  }
};

[[nodiscard]] share_setup make_share_setup(const options& how, std::uint32_t processes,
                                           const par::shared_memory& memory);

// Once in a process, before the first share.
void begin_shares(share_setup given);

// Copies a share, on the calling thread: as the whole would be copied, but that what it takes the
// knowledge of the whole for is left, and once there is enough of it the rest too.
[[nodiscard]] share_result copy_share(share what);

// NOLINTBEGIN(readability-identifier-naming): cereal's names.
template <class Archive>
void serialize(Archive& archive, preserved& of) {
  auto& [mode, owner, times, links, xattrs, context, xattrs_needed, context_needed,
         xattrs_if_possible, default_mode] = of;
  archive(mode, owner, times, links, xattrs, context, xattrs_needed, context_needed,
          xattrs_if_possible, default_mode);
}

// All of them have to be named here, or it does not compile.
template <class Archive>
void serialize(Archive& archive, options& of) {
  auto& [recursive, one_file_system, attributes_only, special_contents, patterns, gitignore, follow,
         preserve, umask, when_existing, once_allowed, only, keep_backup, backup_suffix, instead,
         follow_destination_directories, follow_dangling_links, new_only, mirror, reflink, sparse,
         report_changes, atomic, sync, verify, sums, bytes_per_second, dry_run, list_entries,
         list_before, explain, privileged, descriptors] = of;
  static_cast<void>(patterns);  // They go as texts.
  archive(recursive, one_file_system, attributes_only, special_contents, gitignore, follow,
          preserve, umask, when_existing, once_allowed, only, keep_backup, backup_suffix, instead,
          follow_destination_directories, follow_dangling_links, new_only, mirror, reflink, sparse,
          report_changes, atomic, sync, verify, sums, bytes_per_second, dry_run, list_entries,
          list_before, explain, privileged, descriptors);
}
// NOLINTEND(readability-identifier-naming)

}  // namespace copytree
