#include "copytree/system/fs.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace copytree {

namespace {

par::unexpected<std::errc> last_error() {
  return par::unexpected<std::errc>(static_cast<std::errc>(errno));
}

os_result<void> nothing_or_error(int returned) {
  if (returned == -1) return last_error();
  return {};
}

template <class Unsigned, class Signed>
os_result<Unsigned> count_or_error(Signed returned) {
  if (returned == -1) return last_error();
  return static_cast<Unsigned>(returned);
}

std::array<timespec, 2> as_array(const file_times& times) {
  return {times.access, times.modification};
}

// Kernels before 5.6 do not know it, and sandboxes may forbid it.
bool has_no_openat2(std::errc why) {
  return why == std::errc::function_not_supported || why == std::errc::operation_not_permitted;
}

// Without openat2 only mounts of other devices are seen.
os_result<int> open_on_device(at where, int flags) {
  const int opened = ::openat(where.directory, where.name, flags | O_NOFOLLOW | O_CLOEXEC);
  if (opened == -1) return last_error();
  file_status above;
  file_status found;
  const bool known =
      ::fstatat(where.directory, "", &above, AT_EMPTY_PATH) == 0 && ::fstat(opened, &found) == 0;
  if (known && above.st_dev == found.st_dev) return opened;
  const std::errc why = known ? std::errc::cross_device_link : static_cast<std::errc>(errno);
  ::close(opened);
  return par::unexpected<std::errc>(why);
}

}  // namespace

os_result<int> file_system::open(at where, int flags, mode_t mode) {
  return count_or_error<int>(
      ::openat(where.directory, where.name, flags | O_NOFOLLOW | O_CLOEXEC, mode));
}

os_result<int> file_system::open_following(at where, int flags, mode_t mode) {
  return count_or_error<int>(::openat(where.directory, where.name, flags | O_CLOEXEC, mode));
}

os_result<int> file_system::open_on_mount(at where, int flags) {
  open_how how = {};
  how.flags = static_cast<std::uint64_t>(flags | O_NOFOLLOW | O_CLOEXEC);
  how.resolve = RESOLVE_NO_XDEV;
  const auto opened =
      count_or_error<int>(::syscall(SYS_openat2, where.directory, where.name, &how, sizeof how));
  if (opened || !has_no_openat2(opened.error())) return opened;
  return open_on_device(where, flags);
}

os_result<void> file_system::close(int file) {
  return nothing_or_error(::close(file));
}

os_result<file_status> file_system::status(int file) {
  file_status result;
  if (::fstat(file, &result) == -1) return last_error();
  return result;
}

os_result<file_status> file_system::status_at(at where) {
  file_status result;
  if (::fstatat(where.directory, where.name, &result, AT_SYMLINK_NOFOLLOW) == -1) {
    return last_error();
  }
  return result;
}

os_result<file_status> file_system::status_following(at where) {
  file_status result;
  if (::fstatat(where.directory, where.name, &result, 0) == -1) return last_error();
  return result;
}

os_result<void> file_system::may_write(at where) {
  return nothing_or_error(::faccessat(where.directory, where.name, W_OK, AT_EACCESS));
}

os_result<std::string> file_system::real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr),
                                                             &std::free);
  if (resolved == nullptr) return last_error();
  return std::string(resolved.get());
}

os_result<std::string> file_system::read_link(at where, std::size_t size_hint) {
  // One byte more than expected, so that a target which grew meanwhile is seen.
  for (std::string target(size_hint + 1, '\0');; target.resize(target.size() * 2)) {
    const ssize_t length = ::readlinkat(where.directory, where.name, target.data(), target.size());
    if (length == -1) return last_error();
    if (static_cast<std::size_t>(length) < target.size()) {
      target.resize(static_cast<std::size_t>(length));
      return target;
    }
  }
}

os_result<std::size_t> file_system::read_entries(int directory, std::span<std::byte> buffer) {
  return count_or_error<std::size_t>(::getdents64(directory, buffer.data(), buffer.size()));
}

os_result<std::size_t> file_system::read(int file, std::span<std::byte> buffer) {
  return count_or_error<std::size_t>(::read(file, buffer.data(), buffer.size()));
}

os_result<std::size_t> file_system::write(int file, std::span<const std::byte> data) {
  return count_or_error<std::size_t>(::write(file, data.data(), data.size()));
}

os_result<std::size_t> file_system::copy_range(int from, int to, std::size_t length) {
  return count_or_error<std::size_t>(::copy_file_range(from, nullptr, to, nullptr, length, 0));
}

os_result<void> file_system::clone(int from, int to) {
  return nothing_or_error(::ioctl(to, FICLONE, from));
}

os_result<std::uint64_t> file_system::seek(int file, std::uint64_t offset, int whence) {
  return count_or_error<std::uint64_t>(::lseek(file, static_cast<off_t>(offset), whence));
}

os_result<void> file_system::truncate(int file, std::uint64_t size) {
  return nothing_or_error(::ftruncate(file, static_cast<off_t>(size)));
}

os_result<void> file_system::make_directory(at where, mode_t mode) {
  return nothing_or_error(::mkdirat(where.directory, where.name, mode));
}

os_result<void> file_system::make_symlink(const std::string& target, at where) {
  return nothing_or_error(::symlinkat(target.c_str(), where.directory, where.name));
}

os_result<void> file_system::make_node(at where, mode_t type_and_mode, dev_t device) {
  return nothing_or_error(::mknodat(where.directory, where.name, type_and_mode, device));
}

os_result<void> file_system::make_link(at existing, at where) {
  return nothing_or_error(
      ::linkat(existing.directory, existing.name, where.directory, where.name, 0));
}

os_result<void> file_system::make_link_following(at existing, at where) {
  return nothing_or_error(
      ::linkat(existing.directory, existing.name, where.directory, where.name, AT_SYMLINK_FOLLOW));
}

os_result<void> file_system::remove(at where) {
  return nothing_or_error(::unlinkat(where.directory, where.name, 0));
}

os_result<void> file_system::remove_directory(at where) {
  return nothing_or_error(::unlinkat(where.directory, where.name, AT_REMOVEDIR));
}

os_result<void> file_system::rename(at from, const char* to) {
  return nothing_or_error(::renameat(from.directory, from.name, from.directory, to));
}

os_result<void> file_system::rename_new(at from, const char* to) {
  return nothing_or_error(
      ::renameat2(from.directory, from.name, from.directory, to, RENAME_NOREPLACE));
}

os_result<void> file_system::set_owner(int file, uid_t user, gid_t group) {
  return nothing_or_error(::fchown(file, user, group));
}

os_result<void> file_system::set_owner_at(at where, uid_t user, gid_t group) {
  return nothing_or_error(
      ::fchownat(where.directory, where.name, user, group, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH));
}

os_result<void> file_system::set_mode(int file, mode_t mode) {
  return nothing_or_error(::fchmod(file, mode));
}

os_result<void> file_system::set_mode_at(at where, mode_t mode) {
  // No call takes a descriptor that was opened with O_PATH; /proc leads to what it was opened for.
  if (where.name[0] == '\0') {
    return nothing_or_error(
        ::chmod(fmt::format("/proc/self/fd/{}", where.directory).c_str(), mode));
  }
  return nothing_or_error(::fchmodat(where.directory, where.name, mode, AT_SYMLINK_NOFOLLOW));
}

os_result<void> file_system::set_times(int file, const file_times& times) {
  return nothing_or_error(::futimens(file, as_array(times).data()));
}

os_result<void> file_system::set_times_at(at where, const file_times& times) {
  return nothing_or_error(::utimensat(where.directory, where.name, as_array(times).data(),
                                      AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH));
}

os_result<void> file_system::sync(int file) {
  return nothing_or_error(::fsync(file));
}

os_result<void> file_system::sync_file_system(int file) {
  return nothing_or_error(::syncfs(file));
}

os_result<std::int64_t> file_system::file_system_type(int file) {
  struct ::statfs about;
  if (::fstatfs(file, &about) == -1) return last_error();
  return static_cast<std::int64_t>(about.f_type);
}

bool file_system::kernel_is_at_least(int major, int minor) {
  struct ::utsname system;
  if (::uname(&system) == -1) return false;
  char* rest = nullptr;
  const long has_major = std::strtol(system.release, &rest, 10);
  const long has_minor = *rest == '.' ? std::strtol(rest + 1, nullptr, 10) : 0;
  return has_major > major || (has_major == major && has_minor >= minor);
}

os_result<void> file_system::forget_cached(int file) {
  const int failed = ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  if (failed != 0) return par::unexpected<std::errc>(static_cast<std::errc>(failed));
  return {};
}

os_result<int> file_system::open_unnamed(int directory, int flags, mode_t mode) {
  return count_or_error<int>(::openat(directory, ".", flags | O_TMPFILE | O_CLOEXEC, mode));
}

// Through /proc: AT_EMPTY_PATH is for the privileged.
os_result<void> file_system::name_file(int file, at where) {
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  return nothing_or_error(
      ::linkat(AT_FDCWD, path.c_str(), where.directory, where.name, AT_SYMLINK_FOLLOW));
}

os_result<void> file_system::lock(int file) {
  return nothing_or_error(::flock(file, LOCK_EX | LOCK_NB));
}

bool file_system::is_running(pid_t process) {
  return ::kill(process, 0) == 0 || errno != ESRCH;
}

}  // namespace copytree
