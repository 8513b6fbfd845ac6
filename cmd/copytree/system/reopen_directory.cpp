#include "copytree/system/reopen_directory.h"

#include <fcntl.h>

#include <cstddef>

namespace copytree {

os_result<descriptor> reopen_directory(file_system& fs, const way_down& way, int flags) {
  descriptor reached;
  int from = way.from;
  for (std::size_t i = 0; i < way.names.size(); ++i) {
    const int how = O_DIRECTORY | (i + 1 == way.names.size() ? flags : O_PATH);
    const at next = {.directory = from, .name = way.names[i]};
    const auto opened = uninterrupted(
        [&] { return way.follow ? fs.open_following(next, how) : fs.open(next, how); });
    if (!opened) return par::unexpected<std::errc>(opened.error());
    reached = descriptor(fs, *opened);
    from = *opened;
  }
  const auto status = fs.status(from);
  if (!status) return par::unexpected<std::errc>(status.error());
  if (id_of(*status) != way.wanted) {
    return par::unexpected<std::errc>(std::errc::no_such_file_or_directory);
  }
  return reached;
}

}  // namespace copytree
