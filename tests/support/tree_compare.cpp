#include "support/tree_compare.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "support/spawn.h"

namespace support {

namespace {

using facts = tree_facts::facts;

constexpr const char* access_time = "time of access";

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string octal(mode_t mode) {
  std::ostringstream text;
  text << std::oct << mode;
  return text.str();
}

std::string read_all(int file, const std::string& path) {
  std::string content;
  std::string block(65'536, '\0');
  while (true) {
    const ssize_t got = ::read(file, block.data(), block.size());
    if (got == -1) fail(path);
    if (got == 0) return content;
    content.append(block, 0, static_cast<std::size_t>(got));
  }
}

// Leaves the time of access as it is, where the system allows that.
unique_fd open_at(int directory, const std::string& name, int flags, const std::string& path) {
  flags |= O_NOFOLLOW | O_CLOEXEC;
  int opened = ::openat(directory, name.c_str(), flags | O_NOATIME);
  if (opened == -1 && errno == EPERM) opened = ::openat(directory, name.c_str(), flags);
  if (opened == -1) fail(path);
  return unique_fd(opened);
}

std::string text_of(const timespec& time) {
  return std::to_string(time.tv_sec) + "." + std::to_string(time.tv_nsec);
}

// Where there is data, as far as the file system tells: "0-4096 65536-69632 of 100000".
std::string data_map(int file, const struct stat& status, const std::string& path) {
  std::string map;
  off_t end = 0;
  while (true) {
    const off_t data = ::lseek(file, end, SEEK_DATA);
    if (data == -1 && errno == ENXIO) break;  // No more of it.
    if (data == -1) fail(path);
    end = ::lseek(file, data, SEEK_HOLE);
    if (end == -1) fail(path);
    map += std::to_string(data) + "-" + std::to_string(end) + " ";
  }
  return map + "of " + std::to_string(status.st_size);
}

struct directory_closer {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

class reader {
 public:
  std::map<std::string, facts> read(const std::filesystem::path& root) {
    add(AT_FDCWD, root.string(), ".");
    return std::move(entries_);
  }

 private:
  void add(int directory, const std::string& name, const std::string& path) {
    struct stat status;
    if (::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == -1) fail(path);
    facts& about = entries_[path];
    about["type"] = octal(status.st_mode & S_IFMT);
    about["mode"] = octal(status.st_mode & 07777);
    about["owner"] = std::to_string(status.st_uid) + ":" + std::to_string(status.st_gid);
    about["time"] = text_of(status.st_mtim);
    about[access_time] = text_of(status.st_atim);
    add_attributes(about, directory, name, path);
    if (!S_ISDIR(status.st_mode)) about["first name"] = first_name(status, path);
    if (S_ISREG(status.st_mode)) {
      const unique_fd file = open_at(directory, name, O_RDONLY, path);
      about["data"] = data_map(file.get(), status, path);
      if (::lseek(file.get(), 0, SEEK_SET) == -1) fail(path);
      about["content"] = read_all(file.get(), path);
    } else if (S_ISLNK(status.st_mode)) {
      about["target"] = read_target(directory, name, status);
    } else if (S_ISDIR(status.st_mode)) {
      add_children(open_at(directory, name, O_RDONLY | O_DIRECTORY, path), path);
    } else {
      about["device"] = std::to_string(status.st_rdev);
    }
  }

  // Lists of access rights and capabilities are attributes too: raw bytes here.
  static void add_attributes(facts& about, int directory, const std::string& name,
                             const std::string& path) {
    const std::string place =
        directory == AT_FDCWD ? name : "/proc/self/fd/" + std::to_string(directory) + "/" + name;
    std::string names(XATTR_LIST_MAX, '\0');
    const ssize_t size = ::llistxattr(place.c_str(), names.data(), names.size());
    if (size == -1 && errno == ENOTSUP) return;
    if (size == -1) fail(path);
    names.resize(static_cast<std::size_t>(size));
    std::istringstream list(names);
    for (std::string each; std::getline(list, each, '\0');) {
      std::string value(XATTR_SIZE_MAX, '\0');
      const ssize_t length = ::lgetxattr(place.c_str(), each.c_str(), value.data(), value.size());
      if (length == -1) fail(path + ": " + each);
      value.resize(static_cast<std::size_t>(length));
      about["attribute " + each] = "= " + value;  // So that an empty one is not as none.
    }
  }

  void add_children(unique_fd directory, const std::string& path) {
    const int again = ::fcntl(directory.get(), F_DUPFD_CLOEXEC, 0);  // closedir closes it.
    if (again == -1) fail(path);
    std::vector<std::string> names;
    {
      const std::unique_ptr<DIR, directory_closer> stream(::fdopendir(again));
      while (const dirent* entry = ::readdir(stream.get())) names.emplace_back(entry->d_name);
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (name != "." && name != "..")
        add(directory.get(), name, std::string(path).append("/").append(name));
    }
  }

  // The name under which the same file came up first: equal in both trees if the same names are
  // links to one file, as both are read in the same order.
  std::string first_name(const struct stat& status, const std::string& path) {
    return first_names_.try_emplace({status.st_dev, status.st_ino}, path).first->second;
  }

  static std::string read_target(int directory, const std::string& name,
                                 const struct stat& status) {
    std::string target(static_cast<std::size_t>(status.st_size) + 1, '\0');
    const ssize_t length = ::readlinkat(directory, name.c_str(), target.data(), target.size());
    if (length == -1) fail(name);
    target.resize(static_cast<std::size_t>(length));
    // Reading it has set its time of access; there is no O_NOATIME for this.
    const std::array<timespec, 2> times = {status.st_atim, {.tv_sec = 0, .tv_nsec = UTIME_OMIT}};
    static_cast<void>(::utimensat(directory, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW));
    return target;
  }

  std::map<std::string, facts> entries_;
  std::map<std::pair<dev_t, ino_t>, std::string> first_names_;
};

std::string shown(const std::string& value) {
  constexpr std::size_t most = 60;
  const bool is_text =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return is_text && value.size() <= most ? value : std::to_string(value.size()) + " bytes";
}

std::vector<std::string> compare(const std::string& path, const facts& left, const facts& right,
                                 bool with_access_times) {
  std::set<std::string> properties;
  for (const auto& [property, value] : left) properties.insert(property);
  for (const auto& [property, value] : right) properties.insert(property);
  std::vector<std::string> found;
  for (const std::string& property : properties) {
    if (property == access_time && !with_access_times) continue;
    const auto ours = left.find(property);
    const auto theirs = right.find(property);
    const std::string here = ours == left.end() ? "none" : ours->second;
    const std::string there = theirs == right.end() ? "none" : theirs->second;
    if (here == there) continue;
    found.push_back(std::string(path)
                        .append(": ")
                        .append(property)
                        .append(" ")
                        .append(shown(here))
                        .append(" and ")
                        .append(shown(there)));
  }
  return found;
}

std::vector<std::string> compare_all(const tree_facts& left, const tree_facts& right,
                                     bool with_access_times) {
  std::vector<std::string> found;
  for (const auto& [path, about] : left.entries()) {
    const auto other = right.entries().find(path);
    if (other == right.entries().end()) {
      found.push_back(path + ": only in " + left.root());
      continue;
    }
    const auto more = compare(path, about, other->second, with_access_times);
    found.insert(found.end(), more.begin(), more.end());
  }
  for (const auto& [path, about] : right.entries()) {
    if (!left.entries().contains(path)) found.push_back(path + ": only in " + right.root());
  }
  return found;
}

}  // namespace

tree_facts::tree_facts(const std::filesystem::path& root)
    : root_(root.string()), entries_(reader().read(root)) {}

std::vector<std::string> differences(const std::filesystem::path& left,
                                     const std::filesystem::path& right) {
  return compare_all(tree_facts(left), tree_facts(right), false);
}

std::vector<std::string> differences(const tree_facts& left, const tree_facts& right) {
  return compare_all(left, right, true);
}

}  // namespace support
