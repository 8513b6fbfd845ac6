// The entries of an open directory, one after another.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "copytree/system/fs.h"

namespace copytree {

struct entry {
  const char* name;    // Valid until the next call of next().
  unsigned char type;  // DT_REG, DT_DIR, ...; DT_UNKNOWN where the file system does not tell.
};

// Reads in blocks, so that a directory of any size takes little memory. "." and ".." are left out.
class directory_reader {
 public:
  directory_reader(file_system& fs, int directory);

  os_result<std::optional<entry>> next();  // Nothing at the end.

 private:
  static constexpr std::size_t block_size = 32 * 1024;

  file_system& fs_;
  const int directory_;
  std::unique_ptr<std::byte[]> block_;
  std::size_t position_ = 0;
  std::size_t end_ = 0;
};

struct name_and_type {
  std::string name;
  bool is_directory;
};

// All entries at once, for who is about to remove some: a directory that changes while it is read
// may hide others.
[[nodiscard]] os_result<std::vector<name_and_type>> read_names(file_system& fs, int directory);

// The DT_ type in the mode of a file.
[[nodiscard]] unsigned char entry_type(mode_t mode);

}  // namespace copytree
