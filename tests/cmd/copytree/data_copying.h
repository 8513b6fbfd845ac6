// Copying the content of single files in tests.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "cmd/copytree/copying.h"
#include "copytree/data/copy_data.h"

namespace copytree {

[[nodiscard]] std::string pattern(std::size_t size);  // So many bytes, none like its neighbours.

// Files with some content, copied through a file system.
class data_ground {
 public:
  // A new file with this content.
  par::expected<data_copied, data_error> copy(file_system& fs, const std::string& content);
  par::expected<data_copied, data_error> copy_from(file_system& fs, const std::string& path);

  [[nodiscard]] std::string copied() const { return content_of(to); }
  [[nodiscard]] std::string path(const std::string& name) const { return ground_.path(name); }

  // How it is copied.
  policy reflink = policy::automatic;
  policy sparse = policy::automatic;
  bool summed = false;
  std::optional<file_status> size_hint;
  copy_methods methods;
  std::atomic<bool> stop{false};
  rate_limit* limit = nullptr;

  // What came of it.
  std::uint64_t moved = 0;  // By the last copy: read and written.
  std::uint64_t done = 0;   // With what had not to be.
  std::string to;           // Its path.

 private:
  playground ground_;
  int files_ = 0;
};

// How many bytes were copied; -1 after an error.
[[nodiscard]] inline std::uint64_t bytes_of(const par::expected<data_copied, data_error>& made) {
  return made ? made->bytes : static_cast<std::uint64_t>(-1);
}

}  // namespace copytree
