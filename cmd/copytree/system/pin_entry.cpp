#include "copytree/system/pin_entry.h"

#include <fcntl.h>

namespace copytree {

os_result<descriptor> pin_entry(file_system& fs, at where, mode_t type) {
  const auto opened = uninterrupted([&] { return fs.open(where, O_PATH); });
  if (!opened) return par::unexpected<std::errc>(opened.error());
  descriptor pinned(fs, *opened);
  const auto status = fs.status(pinned.get());
  if (!status) return par::unexpected<std::errc>(status.error());
  if ((status->st_mode & S_IFMT) != (type & S_IFMT) || status->st_nlink != 1) {
    return par::unexpected<std::errc>(std::errc::file_exists);
  }
  return pinned;
}

}  // namespace copytree
