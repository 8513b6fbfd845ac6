// The file system of a process that copies a share: notes which new file is being written.
#pragma once

#include "copytree/shares/new_file_note.h"
#include "copytree/system/fs.h"

namespace copytree {

class noting_file_system final : public file_system {
 public:
  explicit noting_file_system(new_file_note& note) : note_(note) {}

  os_result<int> open(at where, int flags, mode_t mode) override;
  os_result<void> rename(at from, const char* to) override;
  os_result<void> remove(at where) override;

 private:
  new_file_note& note_;
};

}  // namespace copytree
