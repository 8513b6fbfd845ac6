#include "copytree/system/read_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <memory>

#include "copytree/system/descriptor.h"

namespace copytree {

os_result<std::string> read_all(file_system& fs, int file) {
  constexpr std::size_t block_size = 64 * 1024;
  const auto block = std::make_unique<std::byte[]>(block_size);
  std::string content;
  while (true) {
    const auto read = uninterrupted([&] { return fs.read(file, {block.get(), block_size}); });
    if (!read) return par::unexpected<std::errc>(read.error());
    if (*read == 0) return content;
    content.append(reinterpret_cast<const char*>(block.get()), *read);
  }
}

os_result<std::string> read_named(file_system& fs, const std::string& path) {
  if (path == "-") return read_all(fs, STDIN_FILENO);
  const auto opened = uninterrupted(
      [&] { return fs.open_following({AT_FDCWD, path.c_str()}, O_RDONLY | O_NOCTTY); });
  if (!opened) return par::unexpected<std::errc>(opened.error());
  const descriptor file(fs, *opened);
  return read_all(fs, file.get());
}

}  // namespace copytree
