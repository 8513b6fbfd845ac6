// Where each operand goes: the rules of cp.
#pragma once

#include <string>
#include <vector>

#include "copytree/descriptor.h"
#include "copytree/error.h"
#include "copytree/fs.h"
#include "par/base/expected.h"

namespace copytree {

// One operand: it becomes `name` in the target.
struct job {
  std::string source;  // As it was given.
  std::string name;    // "." if the content of a directory is to go into the target itself.
  file_status status;  // Of the source; of a symbolic link, its own.
};

struct plan {
  descriptor target;  // The directory that all jobs go into.
  std::string target_path;
  file_id target_id;
  std::vector<job> jobs;
  std::vector<error> refused;  // Operands that cannot or must not be copied.
  std::vector<error> notes;    // Operands that need not be.
};

// If the destination is a directory, each source goes into it under its own name; otherwise the one
// source is copied under that name. A directory is not copied into itself, nothing onto itself, and
// no two sources to one name: what must not be copied stands under `refused`. An error if the
// destination itself is wrong. A symbolic link given as the destination is followed if it leads to
// a directory.
par::expected<plan, error> plan_copy(file_system& fs, const std::vector<std::string>& sources,
                                     const std::string& destination);

// Copies to the same place, under the same name with "[backup]" behind it. The name is that of the
// file itself: trailing slashes, ".", ".." and symbolic links are resolved first. Refuses the root
// directory, and to touch a backup that is there.
par::expected<plan, error> plan_backup(file_system& fs, const std::string& source);

}  // namespace copytree
