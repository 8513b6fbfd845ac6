// The seam to the operating system: every call that a copy makes, once.
#pragma once

#include <sys/stat.h>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "par/base/expected.h"

namespace copytree {

// A value, or the errno of the call.
template <class T>
using os_result = par::expected<T, std::errc>;

using file_status = struct ::stat;

// What tells a file from all others that exist at the same time.
struct file_id {
  dev_t device = 0;
  ino_t inode = 0;

  friend auto operator<=>(const file_id&, const file_id&) = default;
};

[[nodiscard]] inline file_id id_of(const file_status& status) {
  return {.device = status.st_dev, .inode = status.st_ino};
}

// An entry of a directory that is open: no path is resolved but its last step. `directory` may be
// AT_FDCWD, and `name` a path, for what the user named. Where attributes are set, an empty name
// stands for the entry itself that `directory` was opened for, with O_PATH. Neither is owned.
struct at {
  int directory;
  const char* name;
};

struct file_times {
  timespec access;
  timespec modification;
};

// The real calls, each made once: none is repeated when interrupted, none follows a symbolic link
// at the end of a name, every descriptor is closed on exec. Tests override single calls to inject
// faults. Thread-safe, as the kernel is.
class file_system {
 public:
  file_system() = default;
  file_system(const file_system&) = delete;
  file_system& operator=(const file_system&) = delete;
  virtual ~file_system() = default;

  // O_NOFOLLOW and O_CLOEXEC are added to the flags; `follow` leaves the former out.
  virtual os_result<int> open(at where, int flags, mode_t mode = 0);
  virtual os_result<int> open_following(at where, int flags, mode_t mode = 0);
  // Fails with cross_device_link if something else is mounted there.
  virtual os_result<int> open_on_mount(at where, int flags);
  virtual os_result<void> close(int file);

  virtual os_result<file_status> status(int file);
  virtual os_result<file_status> status_at(at where);
  virtual os_result<file_status> status_following(at where);
  virtual os_result<void> may_write(at where);  // As the effective user; follows links.
  virtual os_result<std::string> real_path(const std::string& path);
  virtual os_result<std::string> read_link(at where, std::size_t size_hint);

  // Fills the buffer with whole records (struct dirent64); 0 at the end of the directory.
  virtual os_result<std::size_t> read_entries(int directory, std::span<std::byte> buffer);

  // At the files' own positions; they return how many bytes were moved, 0 at the end.
  virtual os_result<std::size_t> read(int file, std::span<std::byte> buffer);
  virtual os_result<std::size_t> write(int file, std::span<const std::byte> data);
  virtual os_result<std::size_t> copy_range(int from, int to, std::size_t length);
  virtual os_result<void> clone(int from, int to);  // The whole file, sharing its blocks.
  virtual os_result<std::uint64_t> seek(int file, std::uint64_t offset, int whence);
  virtual os_result<void> truncate(int file, std::uint64_t size);

  virtual os_result<void> make_directory(at where, mode_t mode);
  virtual os_result<void> make_symlink(const std::string& target, at where);
  virtual os_result<void> make_node(at where, mode_t type_and_mode, dev_t device);
  virtual os_result<void> make_link(at existing, at where);
  virtual os_result<void> make_link_following(at existing, at where);
  virtual os_result<void> remove(at where);                     // No directories.
  virtual os_result<void> remove_directory(at where);           // An empty one.
  virtual os_result<void> rename(at from, const char* to);      // In the same directory.
  virtual os_result<void> rename_new(at from, const char* to);  // The same; replaces nothing.

  virtual os_result<void> set_owner(int file, uid_t user, gid_t group);
  virtual os_result<void> set_owner_at(at where, uid_t user, gid_t group);
  virtual os_result<void> set_mode(int file, mode_t mode);
  virtual os_result<void> set_mode_at(at where, mode_t mode);
  virtual os_result<void> set_times(int file, const file_times& times);
  virtual os_result<void> set_times_at(at where, const file_times& times);

  // Extended attributes. The names in a list end in NULs; a buffer that is too small is refused
  // with result_out_of_range. By name they go through /proc, and are not_supported where there is
  // none.
  virtual os_result<std::size_t> list_attributes(int file, std::span<char> names);
  virtual os_result<std::size_t> list_attributes_at(at where, std::span<char> names);
  virtual os_result<std::size_t> get_attribute(int file, const char* name, std::span<char> value);
  virtual os_result<std::size_t> get_attribute_at(at where, const char* name,
                                                  std::span<char> value);
  virtual os_result<void> set_attribute(int file, const char* name, std::string_view value);
  virtual os_result<void> set_attribute_at(at where, const char* name, std::string_view value);
  virtual os_result<void> remove_attribute(int file, const char* name);
  virtual os_result<void> remove_attribute_at(at where, const char* name);

  // How sure one is of what was written.
  virtual os_result<void> sync(int file);              // The file, or directory, is on disk.
  virtual os_result<void> sync_file_system(int file);  // Everything on its file system is.
  virtual os_result<std::int64_t> file_system_type(int file);  // One of <linux/magic.h>.
  virtual bool kernel_is_at_least(int major, int minor);
  virtual os_result<void> forget_cached(int file);  // Reads its data from the disk next time.

  // A file without a name, of the same file system; and the name it gets at last.
  virtual os_result<int> open_unnamed(int directory, int flags, mode_t mode);
  virtual os_result<void> name_file(int file, at where);

  // Who uses a temporary file.
  virtual os_result<void> lock(int file);  // Fails at once if another holds it.
  virtual bool is_running(pid_t process);
};

// Repeats a call for as long as signals interrupt it.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (!result && result.error() == std::errc::interrupted) result = call();
  return result;
}

}  // namespace copytree
