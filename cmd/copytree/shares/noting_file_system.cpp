#include "copytree/shares/noting_file_system.h"

#include <fcntl.h>

#include <string_view>

namespace copytree {

// Only what stands in a directory that is open: all that a share makes does.
os_result<int> noting_file_system::open(at where, int flags, mode_t mode) {
  const auto opened = file_system::open(where, flags, mode);
  const bool is_new = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
  if (!opened || !is_new || where.directory < 0) return opened;
  if (std::string_view(where.name).find('/') != std::string_view::npos) return opened;
  if (const auto directory = status(where.directory)) note_.set(id_of(*directory), where.name);
  return opened;
}

// The file has its name now.
os_result<void> noting_file_system::rename(at from, const char* to) {
  auto result = file_system::rename(from, to);
  note_.clear();
  return result;
}

os_result<void> noting_file_system::remove(at where) {
  auto result = file_system::remove(where);
  note_.clear();
  return result;
}

}  // namespace copytree
