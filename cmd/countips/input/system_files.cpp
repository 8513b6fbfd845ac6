// The real files, through POSIX calls.
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "countips/input/inotify_watch.h"
#include "countips/input/source.h"

namespace countips {

namespace {

par::unexpected<int> last_error() {
  return par::unexpected<int>(errno);
}

file_info info_of(const struct stat& status) {
  const file_id id{status.st_dev, status.st_ino};
  if (S_ISDIR(status.st_mode)) return {file_info::kind::directory, 0, id};
  if (!S_ISREG(status.st_mode)) return {file_info::kind::other, 0, id};
  return {file_info::kind::regular, static_cast<std::uint64_t>(status.st_size), id};
}

class descriptor_source final : public source {
 public:
  // Takes the descriptor over if `owned`. Reading begins where the descriptor stands.
  descriptor_source(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {
    struct stat status;
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return;
    const off_t at = ::lseek(descriptor, 0, SEEK_CUR);
    if (at < 0) return;
    first_ = at;
    if (at < status.st_size) size_ = static_cast<std::uint64_t>(status.st_size - at);
  }

  ~descriptor_source() override {
    if (owned_) ::close(descriptor_);
  }

  descriptor_source(const descriptor_source&) = delete;
  descriptor_source& operator=(const descriptor_source&) = delete;

  [[nodiscard]] std::optional<std::uint64_t> size() const override { return size_; }

  or_errno<std::size_t> read_at(std::uint64_t offset, std::span<char> into) override {
    return checked(
        ::pread(descriptor_, into.data(), into.size(), first_ + static_cast<off_t>(offset)));
  }

  or_errno<std::size_t> read(std::span<char> into) override {
    return checked(::read(descriptor_, into.data(), into.size()));
  }

  or_errno<file_info> look() override {
    struct stat status;
    if (::fstat(descriptor_, &status) != 0) return last_error();
    return info_of(status);
  }

  bool wait_readable(std::chrono::milliseconds longest) override {
    if (size_) return true;
    pollfd wanted{.fd = descriptor_, .events = POLLIN, .revents = 0};
    return ::poll(&wanted, 1, static_cast<int>(longest.count())) > 0;
  }

 private:
  static or_errno<std::size_t> checked(ssize_t result) {
    if (result < 0) return last_error();
    return static_cast<std::size_t>(result);
  }

  const int descriptor_;
  const bool owned_;
  off_t first_ = 0;
  std::optional<std::uint64_t> size_;
};

class posix_files final : public file_system {
 public:
  or_errno<file_info> look_up(const std::string& path) override {
    struct stat status;
    if (::stat(path.c_str(), &status) != 0) return last_error();
    return info_of(status);
  }

  or_errno<std::vector<std::string>> list(const std::string& path) override {
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), ::closedir);
    if (directory == nullptr) return last_error();
    std::vector<std::string> names;
    for (;;) {
      errno = 0;  // A null pointer is the end or an error; only errno tells.
      const dirent* entry = ::readdir(directory.get());
      if (entry == nullptr) break;
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    if (errno != 0) return last_error();
    return names;
  }

  or_errno<std::unique_ptr<source>> open(const std::string& path) override {
    // Not blocking: a FIFO that nobody writes to is waited for with poll, where a stop is noticed.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return last_error();
    return std::make_unique<descriptor_source>(descriptor, true);
  }

  or_errno<std::unique_ptr<source>> open_standard_input() override {
    return std::make_unique<descriptor_source>(STDIN_FILENO, false);
  }

  std::unique_ptr<change_watch> watch(const std::vector<std::string>& paths) override {
    return make_inotify_watch(paths);
  }
};

}  // namespace

file_system& system_files() {
  static posix_files files;
  return files;
}

}  // namespace countips
