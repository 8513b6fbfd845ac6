// A temporary directory that goes away with its scope.
#pragma once

#include <filesystem>

namespace support {

// Its name is new. Removes itself and all below, unwritable directories included; symlinks are
// removed, not followed. Throws std::system_error if none can be made.
class temp_dir {
 public:
  temp_dir();
  ~temp_dir();

  temp_dir(const temp_dir&) = delete;
  temp_dir& operator=(const temp_dir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace support
