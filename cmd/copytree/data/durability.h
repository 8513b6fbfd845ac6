// Sees to it that what was copied is on disk.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "copytree/model/error.h"
#include "copytree/model/options.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/fs.h"
#include "par/locks/mutex.h"

namespace copytree {

// To sync each file makes a small one take as long as some hundred do otherwise. Where it is as
// safe, a whole file system is synced at once, when everything is written: ext4, XFS, Btrfs, F2FS
// and tmpfs write all of it then, and Linux reports errors of any file on them since 5.8. Elsewhere
// (network and FUSE file systems, overlays, older kernels) each file and directory is synced by
// itself. So are files that must be on disk before they take the place of others. Thread-safe.
class durability {
 public:
  explicit durability(const options& how);

  // Whether the file system of a directory in which something will be made is yet to be noted.
  [[nodiscard]] bool wants(dev_t device);

  // To be called before something is made there: errors are only reported to who had the file
  // system open before they happened. Does nothing if nobody wants to be sure.
  void note(file_system& fs, int directory, dev_t device, const std::string& path);

  // Whether files and directories there are to be synced one by one, as soon as they are complete.
  [[nodiscard]] bool syncs_each(dev_t device);

  // Puts files on disk that lie on one file system.
  os_result<void> flush(file_system& fs, dev_t device, const std::vector<int>& files);

  // Puts the rest on disk, on every file system that was noted, but for those that somebody else
  // sees to. When nobody else is at work.
  [[nodiscard]] std::vector<error> finish(file_system& fs,
                                          std::optional<dev_t> except = std::nullopt);

 private:
  struct known_system {
    descriptor root;  // The first directory of it that was seen.
    std::string path;
    os_result<void> opened;
    bool at_once = false;  // It may be synced as a whole.
  };

  [[nodiscard]] const known_system* find(dev_t device);
  [[nodiscard]] std::vector<const known_system*> all(std::optional<dev_t> except);

  const bool sync_;
  const bool each_first_;
  const bool active_;
  par::mutex guard_;
  std::map<dev_t, known_system> systems_ PAR_GUARDED_BY(guard_);  // Never shrinks.
};

}  // namespace copytree
