#include "cgroup.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace par::inline PAR_ABI::detail {
namespace {

namespace fs = std::filesystem;
using quota = std::optional<std::size_t>;

quota least(quota a, quota b) {
  if (!a) return b;
  return b ? std::min(*a, *b) : a;
}

std::optional<long long> number(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

quota processors(std::string_view quota_text, std::string_view period_text) {
  const auto limit =
      number(quota_text);  // Microseconds of CPU time in each period; -1 or "max": none.
  const auto period = number(period_text);
  if (!limit || !period || *limit <= 0 || *period <= 0) return std::nullopt;
  return static_cast<std::size_t>((*limit - 1) / *period + 1);
}

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

quota v2_quota(const fs::path& group) {
  std::istringstream line(first_line(group / "cpu.max"));  // "200000 100000"
  std::string limit, period;
  line >> limit >> period;
  return processors(limit, period);
}

quota v1_quota(const fs::path& group) {
  return processors(first_line(group / "cpu.cfs_quota_us"),
                    first_line(group / "cpu.cfs_period_us"));
}

// Asks the group and all above it, up to where the hierarchy is mounted.
template <class Ask>
quota least_upwards(const fs::path& mount, fs::path group, Ask ask) {
  quota found;
  for (;;) {
    found = least(found, ask(mount / group.relative_path()));
    if (!group.has_relative_path()) return found;
    group = group.parent_path();
  }
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// Where a hierarchy is mounted, and which of its groups is seen there as the top.
struct hierarchy {
  fs::path mount;
  fs::path top;
};

// A line of mountinfo (proc(5)): "36 35 98:0 /top /mount opts [fields] - type source super-opts".
std::optional<hierarchy> mounted(const std::string& line, bool v2) {
  const std::size_t dash = line.find(" - ");
  if (dash == std::string::npos) return std::nullopt;
  const auto before = split(line.substr(0, dash), ' ');
  const auto after = split(line.substr(dash + 3), ' ');
  if (before.size() < 5 || after.empty()) return std::nullopt;
  if (after[0] != (v2 ? "cgroup2" : "cgroup")) return std::nullopt;
  if (!v2) {
    const auto options = after.size() > 2 ? split(after[2], ',') : std::vector<std::string>();
    if (!contains(options, "cpu")) return std::nullopt;
  }
  return hierarchy{before[4], before[3]};
}

std::optional<hierarchy> find_hierarchy(const fs::path& root, bool v2) {
  std::ifstream in(root / "proc/self/mountinfo");
  for (std::string line; std::getline(in, line);) {
    if (auto found = mounted(line, v2)) return found;
  }
  return std::nullopt;
}

// In a container the mount may show only the part of the hierarchy below `top`.
fs::path below(const fs::path& top, const fs::path& group) {
  const fs::path relative = group.lexically_relative(top);
  if (relative.empty() || relative == "." || *relative.begin() == "..") return "/";
  return "/" / relative;
}

template <class Ask>
quota quota_of(const fs::path& root, const fs::path& group, bool v2, Ask ask) {
  const auto where = find_hierarchy(root, v2);
  if (!where) return std::nullopt;
  return least_upwards(root / where->mount.relative_path(), below(where->top, group), ask);
}

}  // namespace

std::optional<std::size_t> cgroup_quota(const fs::path& root) {
  quota found;
  std::ifstream in(root / "proc/self/cgroup");  // "0::/group" (v2), "4:cpu,cpuacct:/group" (v1)
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const auto controllers = split(line.substr(first + 1, second - first - 1), ',');
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) {
      found = least(found, quota_of(root, group, true, v2_quota));
    } else if (contains(controllers, "cpu")) {
      found = least(found, quota_of(root, group, false, v1_quota));
    }
  }
  return found;
}

}  // namespace par::inline PAR_ABI::detail
