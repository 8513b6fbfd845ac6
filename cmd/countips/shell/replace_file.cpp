#include "countips/shell/replace_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "cli/write_all.h"

namespace countips {

namespace {

using outcome = par::expected<void, int>;

outcome failed(int error) {
  return par::unexpected<int>(error);
}

outcome result_of(int error) {
  return error == 0 ? outcome() : failed(error);
}

// Closes the descriptor in any case; of several errors the first counts.
outcome close_after(int descriptor, int error) {
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return result_of(error);
}

outcome write_into(const std::string& path, std::string_view content) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return failed(errno);
  return close_after(descriptor, cli::write_all(descriptor, content));
}

// Where the symbolic links lead to that the name stands for, also if there is no such file yet.
par::expected<std::string, int> behind_links(const std::string& path) {
  constexpr int most_links = 40;  // As the system has it.
  std::filesystem::path at = path;
  std::error_code error;
  for (int i = 0; i < most_links; ++i) {
    if (!std::filesystem::is_symlink(at, error)) return at.string();
    at = at.parent_path() / std::filesystem::read_symlink(at, error);
  }
  return par::unexpected<int>(ELOOP);
}

struct new_file {
  std::string path;
  int descriptor;
};

// A file of a new name in the same directory.
par::expected<new_file, int> make_beside(const std::string& path) {
  const std::string directory = path.substr(0, path.rfind('/') + 1);
  constexpr int tries = 100;  // Names may be left over from a process that was killed.
  for (int i = 0; i < tries; ++i) {
    std::string name = fmt::format("{}.countips-{}-{}~", directory, ::getpid(), i);
    const int made = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (made >= 0) return new_file{.path = std::move(name), .descriptor = made};
    if (errno != EEXIST) break;
  }
  return par::unexpected<int>(errno);
}

outcome fill(const new_file& made, std::string_view content, std::optional<mode_t> mode) {
  int error = cli::write_all(made.descriptor, content);
  if (error == 0 && mode && ::fchmod(made.descriptor, *mode) != 0) error = errno;
  if (error == 0 && ::fsync(made.descriptor) != 0) error = errno;
  return close_after(made.descriptor, error);
}

}  // namespace

outcome replace_file(const std::string& path, std::string_view content) {
  struct stat now{};
  const bool exists = ::stat(path.c_str(), &now) == 0;
  if (exists && !S_ISREG(now.st_mode)) return write_into(path, content);
  const auto target = behind_links(path);
  if (!target) return failed(target.error());
  const auto made = make_beside(*target);
  if (!made) return failed(made.error());
  outcome done = fill(*made, content, exists ? std::optional(now.st_mode & 07777) : std::nullopt);
  if (done && std::rename(made->path.c_str(), target->c_str()) != 0) done = failed(errno);
  if (!done) ::unlink(made->path.c_str());
  return done;
}

}  // namespace countips
