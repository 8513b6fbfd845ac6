#include "support/temp_dir.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace support {
namespace {

namespace fs = std::filesystem;

// Parents first, since a directory that cannot be entered hides those below it.
void make_removable(const fs::path& directory) {
  ::chmod(directory.c_str(), S_IRWXU);
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    if (!entry.is_symlink(ignored) && entry.is_directory(ignored)) make_removable(entry.path());
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
  make_removable(path_);
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace support
