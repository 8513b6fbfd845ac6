#include "par/base/cpu_count.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

// A root folder with the given files.
class fake_root {
 public:
  explicit fake_root(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string name = fs::temp_directory_path() / "cpu_count_XXXXXX";
    path_ = mkdtemp(name.data());
    for (const auto& [file, text] : files) {
      fs::create_directories((path_ / file).parent_path());
      std::ofstream(path_ / file) << text;
    }
  }
  ~fake_root() { fs::remove_all(path_); }
  fake_root(const fake_root&) = delete;
  fake_root& operator=(const fake_root&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

const std::string v2_mount =
    "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
const std::string v1_mount =
    "33 32 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n";

struct quota_case {
  const char* name;
  std::size_t affinity;
  std::vector<std::pair<std::string, std::string>> files;
  std::size_t want;
};

const quota_case cases[] = {
    {"no files at all", 6, {}, 6},
    {"an affinity of nothing still means one", 0, {}, 1},
    {"v2 quota",
     8,
     {{"proc/self/cgroup", "0::/job\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/job/cpu.max", "300000 100000\n"}},
     3},
    {"v2 quota is rounded up",
     8,
     {{"proc/self/cgroup", "0::/job\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/job/cpu.max", "150000 100000\n"}},
     2},
    {"v2 without a limit",
     8,
     {{"proc/self/cgroup", "0::/job\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/job/cpu.max", "max 100000\n"}},
     8},
    {"v2 limit of a group above",
     8,
     {{"proc/self/cgroup", "0::/slice/deep/job\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/slice/cpu.max", "200000 100000\n"},
      {"sys/fs/cgroup/slice/deep/job/cpu.max", "500000 100000\n"}},
     2},
    {"v2 in a container that sees itself as the top",
     8,
     {{"proc/self/cgroup", "0::/\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/cpu.max", "400000 100000\n"}},
     4},
    {"the affinity is less than the quota",
     2,
     {{"proc/self/cgroup", "0::/job\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/job/cpu.max", "700000 100000\n"}},
     2},
    {"v1 quota",
     8,
     {{"proc/self/cgroup", "5:memory:/job\n4:cpu,cpuacct:/job\n"},
      {"proc/self/mountinfo", v1_mount},
      {"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n"},
      {"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n"}},
     1},
    {"v1 without a limit",
     8,
     {{"proc/self/cgroup", "4:cpu,cpuacct:/job\n"},
      {"proc/self/mountinfo", v1_mount},
      {"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n"},
      {"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n"}},
     8},
    {"v1 in a container whose mount shows only its own part",
     8,
     {{"proc/self/cgroup", "4:cpu,cpuacct:/docker/abc\n"},
      {"proc/self/mountinfo",
       "33 32 0:29 /docker/abc /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"},
      {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n"},
      {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"}},
     2},
    {"v1 and v2 at once: the lesser",
     8,
     {{"proc/self/cgroup", "4:cpu,cpuacct:/job\n0::/job\n"},
      {"proc/self/mountinfo", v1_mount + v2_mount},
      {"sys/fs/cgroup/job/cpu.max", "300000 100000\n"},
      {"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "500000\n"},
      {"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n"}},
     3},
    {"garbage sets no limit",
     8,
     {{"proc/self/cgroup", "0::/job\nnonsense\n"},
      {"proc/self/mountinfo", "short line\n" + v2_mount},
      {"sys/fs/cgroup/job/cpu.max", "lots of it\n"}},
     8},
    {"a group that climbs out of the mount stays inside",
     8,
     {{"proc/self/cgroup", "0::/../other\n"},
      {"proc/self/mountinfo", v2_mount},
      {"sys/fs/cgroup/cpu.max", "200000 100000\n"}},
     2},
};

TEST(cpu_count, honours_affinity_and_quota) {
  for (const quota_case& c : cases) {
    SCOPED_TRACE(c.name);
    const fake_root root(c.files);
    EXPECT_EQ(par::detail::cpu_count_in(root.path(), c.affinity), c.want);
  }
}

TEST(cpu_count, is_at_least_one_here) {
  EXPECT_GE(par::cpu_count(), 1U);
}

}  // namespace
