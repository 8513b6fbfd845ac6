#include "support/tree_compare.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <sstream>
#include <system_error>
#include <utility>

#include "support/spawn.h"

namespace support {

namespace {

// Property -> value, as text; the content of a file is one of them.
using facts = std::map<std::string, std::string>;

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

unique_fd open_at(int directory, const std::string& name, int flags, const std::string& path) {
  const int opened = ::openat(directory, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
  if (opened == -1) fail(path);
  return unique_fd(opened);
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
    about["time"] =
        std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
    if (!S_ISDIR(status.st_mode)) about["first name"] = first_name(status, path);
    if (S_ISREG(status.st_mode)) {
      about["content"] = read_all(open_at(directory, name, O_RDONLY, path).get(), path);
    } else if (S_ISLNK(status.st_mode)) {
      about["target"] = read_target(directory, name, status);
    } else if (S_ISDIR(status.st_mode)) {
      add_children(open_at(directory, name, O_RDONLY | O_DIRECTORY, path), path);
    } else {
      about["device"] = std::to_string(status.st_rdev);
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
    return target;
  }

  std::map<std::string, facts> entries_;
  std::map<std::pair<dev_t, ino_t>, std::string> first_names_;
};

std::string shown(const std::string& value) {
  constexpr std::size_t most = 60;
  return value.size() <= most ? value : std::to_string(value.size()) + " bytes";
}

}  // namespace

std::vector<std::string> differences(const std::filesystem::path& left,
                                     const std::filesystem::path& right) {
  const std::map<std::string, facts> ours = reader().read(left);
  std::map<std::string, facts> theirs = reader().read(right);
  std::vector<std::string> found;
  for (const auto& [path, about] : ours) {
    const auto other = theirs.find(path);
    if (other == theirs.end()) {
      found.push_back(path + ": only in " + left.string());
      continue;
    }
    for (const auto& [property, value] : about) {
      const std::string& there = other->second[property];
      if (there != value) {
        std::ostringstream line;
        line << path << ": " << property << ' ' << shown(value) << " and " << shown(there);
        found.push_back(line.str());
      }
    }
    theirs.erase(other);
  }
  for (const auto& [path, unused] : theirs) found.push_back(path + ": only in " + right.string());
  return found;
}

}  // namespace support
