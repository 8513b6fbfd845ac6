#include "support/tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ranges>
#include <string_view>
#include <system_error>
#include <utility>

#include "support/spawn.h"

namespace support {

namespace {

namespace fs = std::filesystem;

void check(long returned, const std::string& what) {
  if (returned == -1) throw std::system_error(errno, std::generic_category(), what);
}

// Where an entry belongs: its directory, open, so that no path is too long.
class place {
 public:
  place(const fs::path& root, const std::string& path) : name_(path) {
    directory_ = open(AT_FDCWD, root.string());
    for (std::size_t slash; (slash = name_.find('/')) != std::string::npos;) {
      directory_ = open(directory_.get(), name_.substr(0, slash));
      name_.erase(0, slash + 1);
    }
  }

  [[nodiscard]] int directory() const { return directory_.get(); }
  [[nodiscard]] const char* name() const { return name_.c_str(); }
  [[nodiscard]] std::string short_path() const {
    return "/proc/self/fd/" + std::to_string(directory()) + "/" + name_;
  }

 private:
  static unique_fd open(int directory, const std::string& name) {
    const int opened = ::openat(directory, name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    check(opened, name);
    return unique_fd(opened);
  }

  unique_fd directory_;
  std::string name_;
};

void write_at(int file, const std::string& content, off_t offset, const std::string& path) {
  std::string_view rest = content;
  while (!rest.empty()) {
    const ssize_t written = ::pwrite(file, rest.data(), rest.size(), offset);
    check(written, path);
    rest.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
}

void write_file(const place& where, const tree_entry& entry) {
  const unique_fd file(
      ::openat(where.directory(), where.name(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  check(file.get(), entry.path);
  if (entry.kind == tree_kind::file) return write_at(file.get(), entry.content, 0, entry.path);
  off_t offset = 0;
  for (int i = 0; i < entry.extents; ++i) {
    offset += static_cast<off_t>(entry.hole);
    write_at(file.get(), entry.content, offset, entry.path);
    offset += static_cast<off_t>(entry.content.size());
  }
  check(::ftruncate(file.get(), offset + static_cast<off_t>(entry.hole)), entry.path);
}

mode_t type_of(tree_kind kind) {
  switch (kind) {
    case tree_kind::fifo:
      return S_IFIFO;
    case tree_kind::socket:
      return S_IFSOCK;
    case tree_kind::char_device:
      return S_IFCHR;
    case tree_kind::block_device:
      return S_IFBLK;
    default:
      return 0;
  }
}

void make_entry(const fs::path& root, const tree_entry& entry) {
  const place where(root, entry.path);
  switch (entry.kind) {
    case tree_kind::directory:
      return check(::mkdirat(where.directory(), where.name(), 0700), entry.path);
    case tree_kind::file:
    case tree_kind::sparse_file:
      return write_file(where, entry);
    case tree_kind::symlink:
      return check(::symlinkat(entry.content.c_str(), where.directory(), where.name()), entry.path);
    case tree_kind::hard_link: {
      const place other(root, entry.content);
      return check(::linkat(other.directory(), other.name(), where.directory(), where.name(), 0),
                   entry.path);
    }
    default:
      return check(
          ::mknodat(where.directory(), where.name(), type_of(entry.kind) | 0600, entry.device),
          entry.path);
  }
}

void set_listed(const place& where, const tree_entry& entry, bool access_lists) {
  for (const attribute& each : entry.attributes) {
    if (each.name.starts_with("system.") != access_lists) continue;
    check(::lsetxattr(where.short_path().c_str(), each.name.c_str(), each.value.data(),
                      each.value.size(), 0),
          entry.path + ": " + each.name);
  }
}

// A new owner clears capabilities, a list changes the mode, and all of it would be refused to an
// ordinary user once the file is read-only.
void set_attributes(const fs::path& root, const tree_entry& entry) {
  if (entry.kind == tree_kind::hard_link) return;  // The other name's.
  const place where(root, entry.path);
  if (entry.user || entry.group) {
    constexpr auto unchanged = static_cast<uid_t>(-1);
    check(::fchownat(where.directory(), where.name(), entry.user.value_or(unchanged),
                     entry.group.value_or(unchanged), AT_SYMLINK_NOFOLLOW),
          entry.path);
  }
  set_listed(where, entry, false);
  if (entry.kind != tree_kind::symlink) {
    check(::fchmodat(where.directory(), where.name(), entry.mode, 0), entry.path);
  }
  set_listed(where, entry, true);
  const std::array<timespec, 2> times = {entry.access_time.value_or(entry.time), entry.time};
  check(::utimensat(where.directory(), where.name(), times.data(), AT_SYMLINK_NOFOLLOW),
        entry.path);
}

}  // namespace

tree_entry dir(std::string path, mode_t mode) {
  return {.path = std::move(path), .kind = tree_kind::directory, .mode = mode};
}

tree_entry file(std::string path, std::string content, mode_t mode) {
  return {.path = std::move(path), .content = std::move(content), .mode = mode};
}

tree_entry symlink(std::string path, std::string target) {
  return {.path = std::move(path), .kind = tree_kind::symlink, .content = std::move(target)};
}

tree_entry hard_link(std::string path, std::string existing) {
  return {.path = std::move(path), .kind = tree_kind::hard_link, .content = std::move(existing)};
}

tree_entry fifo(std::string path, mode_t mode) {
  return {.path = std::move(path), .kind = tree_kind::fifo, .mode = mode};
}

tree_entry with(tree_entry entry, std::vector<attribute> attributes) {
  entry.attributes = std::move(attributes);
  return entry;
}

void make_tree(const fs::path& root, const tree& entries) {
  for (const tree_entry& entry : entries) make_entry(root, entry);
  // Children first: making an entry changes the times of its directory.
  for (const tree_entry& entry : entries | std::views::reverse) set_attributes(root, entry);
}

}  // namespace support
