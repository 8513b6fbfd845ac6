#include "support/temp_dir.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace support {
namespace {

namespace fs = std::filesystem;

struct directory_closer {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

// Parents first, since a directory that cannot be entered hides those below it; by descriptors,
// since paths may be longer than can be named.
void make_removable(int parent, const char* name) {
  static_cast<void>(::fchmodat(parent, name, S_IRWXU, 0));
  const int opened =
      ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (opened == -1) return;
  const std::unique_ptr<DIR, directory_closer> stream(::fdopendir(opened));
  if (stream == nullptr) return;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view below = entry->d_name;
    if (entry->d_type == DT_DIR && below != "." && below != "..") {
      make_removable(opened, entry->d_name);
    }
  }
}

}  // namespace

temp_dir::temp_dir() {
  std::string name = fs::temp_directory_path() / "par-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "mkdtemp " + name);
  }
  path_ = name;
}

temp_dir::~temp_dir() {
  make_removable(AT_FDCWD, path_.c_str());
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace support
