// How a copy is to be made.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace copytree {

class pattern_list;

enum class follow_links {
  never,     // A symbolic link is copied as one.
  operands,  // Only what the user named is followed.
  always,
};

// What becomes of a file that stands where one is to be put.
enum class existing {
  replace,    // A new one takes its name when it is complete; other names of the old one keep it.
  overwrite,  // Its content is overwritten: it keeps its links, owner and mode (GNU cp's way).
  force,      // As overwrite; what cannot be opened for writing is removed first.
  remove,     // Always removed first.
  keep,       // Left as it is, which is no error.
  refuse,     // Left as it is, which is an error.
  ask,        // The observer decides, entry by entry; then as options::once_allowed.
};

// Which sources are passed over because of what stands at the destination.
enum class update {
  all,    // None.
  same,   // Those whose copy has the same type, size and modification time.
  older,  // Those that are not newer than what stands there (GNU cp -u).
};

enum class backup {
  none,
  simple,    // The suffix is appended.
  numbered,  // name.~1~, name.~2~, ...
  existing,  // Numbered if numbered ones exist, else simple.
};

// Instead of copying a file.
enum class substitute { none, hard_link, symbolic_link };

enum class policy { never, automatic, always };

// Which attributes a copy takes over. What is not taken over is as for any new file: its mode that
// of the source, less the umask.
struct preserved {
  bool mode = true;  // With the access control lists.
  bool owner = true;
  bool times = true;
  bool links = true;  // Names of one file stay names of one file.
  bool xattrs = true;
  bool context = true;              // SELinux.
  bool xattrs_needed = false;       // Failing to is an error even where the file system has none.
  bool context_needed = false;      // The same.
  bool xattrs_if_possible = false;  // No failure to is an error (GNU cp -a).
  bool default_mode = false;        // Not even the source's mode: 0666 or 0777, less the umask.
};

struct options {
  // What is copied.
  bool recursive = true;  // Otherwise directories are left out, which is an error.
  bool one_file_system = false;
  bool attributes_only = false;   // No content.
  bool special_contents = false;  // Of FIFOs and devices: what can be read from them.
  std::shared_ptr<const pattern_list> patterns = {};  // What is left out below the operands.
  bool gitignore = false;                             // And what .gitignore files name.
  follow_links follow = follow_links::never;
  preserved preserve = {};
  mode_t umask = 022;  // The user's; the process's own is 077 during a copy.

  // What meets something at the destination.
  existing when_existing = existing::replace;
  // What a yes to existing::ask leads to. With keep and refuse it tells whether a symbolic link at
  // the destination would be followed.
  existing once_allowed = existing::replace;
  update only = update::all;
  backup keep_backup = backup::none;
  std::string backup_suffix = "~";
  substitute instead = substitute::none;
  bool follow_destination_directories = false;  // A link to a directory there counts as one.
  bool follow_dangling_links = false;  // A link to nothing there is written through (POSIX).
  bool new_only = false;               // Whatever already stands in the destination is an error.
  bool mirror = false;  // What the source does not have is removed from the destination.

  // How content gets across, and how sure one may be of it.
  policy reflink = policy::automatic;
  policy sparse = policy::automatic;
  bool report_changes = true;          // A source that changes while it is copied is an error.
  bool atomic = false;                 // No file gets its name before it is complete.
  bool sync = false;                   // Everything is on disk before the copy ends.
  bool verify = false;                 // Files are read back and compared.
  bool sums = false;                   // Tell the observer of the sum of each file.
  std::uint64_t bytes_per_second = 0;  // No more than so many; 0: no limit.

  // What is said.
  bool dry_run = false;       // Do everything but change the destination.
  bool list_entries = false;  // Tell the observer of each entry that has been copied.
  bool list_before = false;   // Tell before copying it, whatever comes of that (GNU cp's way).
  bool explain = false;       // Tell the observer how each file's content got across.

  // What the process may do.
  bool privileged = false;         // It may give files away: failing to is an error.
  std::size_t descriptors = 1024;  // How many files it may have open at once.
};

}  // namespace copytree
