// That the memory of copytree does not grow with the number of files.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "support/mount.h"
#include "support/spawn.h"
#include "support/temp_dir.h"

namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

void make_files(const fs::path& root, int directories, int files) {
  for (int i = 0; i < directories; ++i) {
    const fs::path below = root / std::to_string(i);
    fs::create_directories(below);
    for (int j = 0; j < files; ++j) std::ofstream(below / ("file-" + std::to_string(j)));
  }
}

// In KiB, of a run that must succeed.
long peak_memory(const fs::path& source, const fs::path& destination) {
  const pid_t child = support::spawn(
      {.argv = {BIN_DIR "/copytree", "-q", "-j2", "--progress=always", source, destination},
       .environment = {},
       .descriptors = {{.target = 2, .open = "/dev/null"}},
       .ignored_signals = {}});
  int status = -1;
  rusage usage{};
  EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
  EXPECT_EQ(status, 0);
  return usage.ru_maxrss;
}

TEST(copytree_memory, does_not_grow_with_the_number_of_files) {
  if (sanitized) GTEST_SKIP() << "a sanitizer's memory grows with everything";
  const support::temp_dir ground;
  const support::mount small(ground.path(), {.type = "tmpfs"});
  SKIP_UNLESS_MOUNTED(small);
  make_files(ground.path() / "few", 20, 1'000);
  make_files(ground.path() / "many", 200, 1'000);
  make_files(ground.path() / "flat", 1, 200'000);
  constexpr long mebibyte = 1024;
  const long few = peak_memory(ground.path() / "few", ground.path() / "few.copy");
  for (const std::string each : {"many", "flat"}) {
    const long most = peak_memory(ground.path() / each, ground.path() / (each + ".copy"));
    EXPECT_LE(most, few + 4 * mebibyte) << each << ", where a tenth of it takes " << few << " KiB";
    RecordProperty(each, std::to_string(most));
    fs::remove_all(ground.path() / (each + ".copy"));
  }
}

}  // namespace
