#include "e2e/cp/cp_world.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "support/run.h"

namespace cp_cases {

namespace {

namespace fs = std::filesystem;

constexpr time_t time_of_setup = 1'000'000'000;
constexpr time_t time_of_copy = 1'100'000'000;

void set_time(const fs::path& path, time_t seconds) {
  const std::array<timespec, 2> times{
      {{.tv_sec = seconds, .tv_nsec = 0}, {.tv_sec = seconds, .tv_nsec = 0}}};
  if (::utimensat(AT_FDCWD, path.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0) {
    throw std::system_error(errno, std::generic_category(), path.string());
  }
}

// Times from `since` on become `seconds`; those that were set on purpose stay.
void settle(const fs::path& path, time_t since, time_t seconds) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) != 0) {
    throw std::system_error(errno, std::generic_category(), path.string());
  }
  if (S_ISDIR(status.st_mode)) {
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(path, unreadable)) {
      settle(entry.path(), since, seconds);
    }
  }
  if (status.st_mtim.tv_sec >= since) set_time(path, seconds);
}

std::vector<std::string> sorted_lines(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

// Runs the shell where root can harm nothing but its own directory: with mounts of its own, all
// others of which that matter are read-only. Devices can be written to, but not replaced.
constexpr const char* confine =
    "mount --bind . . && cd \"$PWD\" && mount -o remount,bind,ro / && mount -o remount,bind,ro "
    "/dev && "
    "exec sh -c \"$0\"";

support::run_result shell(const std::string& commands, const fs::path& directory,
                          const std::string& programs) {
  std::vector<std::string> argv = {"sh", "-c", "umask 022; " + commands};
  if (::geteuid() == 0) argv = {"unshare", "-m", "sh", "-c", confine, argv[2]};
  return support::run(
      argv, {.directory = directory.string(),
             .environment = {"LC_ALL=C", "PATH=" + programs + ":/usr/bin:/bin:/usr/sbin:/sbin",
                             "POSIXLY_CORRECT", "VERSION_CONTROL", "SIMPLE_BACKUP_SUFFIX"}});
}

}  // namespace

outcome cp_world::run_ours(const cp_case& which) {
  const fs::path programs = temp_.path() / "bin";
  fs::create_directory(programs);
  fs::create_symlink(BIN_DIR "/copytree", programs / "cp");
  return run(which, programs.string(), "ours");
}

outcome cp_world::run(const cp_case& which, const std::string& programs, const std::string& name) {
  const fs::path world = temp_.path() / "world";
  fs::create_directory(world);
  const time_t since = std::time(nullptr) - 1;
  const support::run_result made = shell(which.setup, world, "/usr/bin");
  if (made.status != 0 || !made.err.empty()) throw std::runtime_error("setup: " + made.err);
  settle(world, since, time_of_setup);
  const support::run_result result = shell(which.line, world, programs);
  settle(world, since, time_of_copy);
  outcome left{.status = result.status,
               .out = sorted_lines(result.out),
               .err = sorted_lines(result.err),
               .tree = temp_.path() / name};
  fs::rename(world, left.tree);
  return left;
}

std::string obstacle() {
  if (!support::run({"/usr/bin/cp", "--version"}).out.starts_with("cp (GNU coreutils) 9.1\n")) {
    return "the system's cp is not GNU cp 9.1";
  }
  const support::temp_dir anywhere;
  static const bool can_begin = shell("true", anywhere.path(), "/usr/bin").status == 0;
  return can_begin ? "" : "root has no mounts of its own here: a mistake could harm the system";
}

}  // namespace cp_cases
