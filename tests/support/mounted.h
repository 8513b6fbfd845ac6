// File systems of other kinds, mounted for one test.
#pragma once

#include <filesystem>
#include <string>

#include "support/temp_dir.h"

namespace support {

// A new, empty file system of the kind: "tmpfs", "ramfs" (which has no attributes), "ext4", "xfs";
// the latter two in an image that is mounted through a loop device. From the first on, the whole
// process sees its mounts alone, so that they end with it however it ends. Needs root, mkfs and
// mount.
class mounted {
 public:
  explicit mounted(const std::string& kind, const std::string& options = "");
  mounted(const mounted&) = delete;
  mounted& operator=(const mounted&) = delete;
  ~mounted();

  // Why it could not be had; empty if all is well.
  [[nodiscard]] const std::string& problem() const { return problem_; }

  [[nodiscard]] std::filesystem::path path() const { return temp_.path() / "mount"; }

 private:
  [[nodiscard]] std::string make_image(const std::string& kind) const;

  temp_dir temp_;
  std::string problem_;
};

}  // namespace support
