#include "support/mount.h"

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <system_error>

namespace support {

int own_mounts() {
  static const int problem = [] {
    if (::unshare(CLONE_NEWNS) != 0) return errno;
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 ? 0 : errno;
  }();
  return problem;
}

mount::mount(const std::filesystem::path& where, const what& how)
    : where_(where), problem_(own_mounts()) {
  if (problem_ != 0) return;
  const int mounted =
      ::mount(how.source.c_str(), where.c_str(), how.type.c_str(), 0, how.options.c_str());
  if (mounted != 0) problem_ = errno;
}

mount::~mount() {
  if (problem_ == 0) ::umount2(where_.c_str(), MNT_DETACH);
}

void mount::make_read_only() const {
  if (::mount("none", where_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "remount");
  }
}

}  // namespace support
