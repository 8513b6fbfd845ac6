// Where each operand goes: the rules of cp.
#pragma once

#include <string>
#include <vector>

#include "copytree/model/error.h"
#include "copytree/model/options.h"
#include "copytree/model/plan_request.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/fs.h"
#include "par/base/expected.h"

namespace copytree {

// One operand: it becomes `name` in the target.
struct job {
  std::string source;  // As it was given.
  std::string name;    // "." if the content of a directory is to go into the target itself.
  file_status status;  // Of the source; of a symbolic link, its own unless it is followed.
                       // A mode of 0: it could not be had.
  bool waits = false;  // An earlier one goes to the same place: that must be complete first.
};

struct plan {
  descriptor target;  // The directory that all jobs go into.
  std::string target_path;
  file_id target_id;
  std::vector<job> jobs;
  bool parents = false;        // A job goes below the target under the whole path of its source.
  bool keeps_backups = true;   // False if the destination itself is the backup.
  std::vector<error> refused;  // Operands that cannot or must not be copied.
  std::vector<error> notes;    // Operands that need not be.
};

// Where the destination is taken for a directory, each source goes into it under its own name, or
// with request.parents under its whole path; otherwise the one source is copied under that name. A
// directory is not copied into itself, and nothing twice to the same place: what must not be copied
// stands under `refused`. An error if the destination itself is wrong. A symbolic link given as the
// destination is followed if it leads to a directory, unless it is taken for a name.
par::expected<plan, error> plan_copy(file_system& fs, const plan_request& request,
                                     const options& how = {});

// Copies to the same place, under the same name with "[backup]" behind it. The name is that of the
// file itself: trailing slashes, ".", ".." and symbolic links are resolved first. Refuses the root
// directory, and to touch a backup that is there.
par::expected<plan, error> plan_backup(file_system& fs, const std::string& source);

}  // namespace copytree
