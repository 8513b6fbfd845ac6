// Gives a copy the owner, the times and the mode of its source.
#pragma once

#include <optional>
#include <vector>

#include "copytree/error.h"
#include "copytree/fs.h"

namespace copytree {

struct owner {
  uid_t user = 0;
  gid_t group = 0;

  friend bool operator==(const owner&, const owner&) = default;
};

[[nodiscard]] inline owner owner_of(const file_status& status) {
  return {.user = status.st_uid, .group = status.st_gid};
}

struct attribute_error {
  operation what;
  std::errc reason;
};

// Owner first, since changing it clears setuid and setgid; the mode last, so that a file stays
// private until all else is right. A failure does not keep the rest from being set. `present` is
// the owner that the copy has, if known: then the call may be spared. Without `privileged`, a
// refusal to change the owner is no error, but setuid, setgid and sticky are left out of the mode,
// as they would hand somebody the wrong rights; the group alone is tried then.
std::vector<attribute_error> set_attributes(file_system& fs, int file, const file_status& from,
                                            std::optional<owner> present, bool privileged);

// The same for an entry that cannot be opened: a symbolic link or a special file.
std::vector<attribute_error> set_attributes(file_system& fs, at where, const file_status& from,
                                            bool privileged);

}  // namespace copytree
