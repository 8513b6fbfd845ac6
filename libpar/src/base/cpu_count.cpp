#include "par/base/cpu_count.h"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <thread>

#include "cgroup.h"

namespace par::inline PAR_ABI {
namespace {

// The kernel refuses a set that is smaller than its own, so try larger ones.
std::size_t affinity() {
  for (int cpus = 1024; cpus <= (1 << 20); cpus *= 2) {
    const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> set(
        CPU_ALLOC(static_cast<std::size_t>(cpus)), [](cpu_set_t* each) { CPU_FREE(each); });
    const std::size_t bytes = CPU_ALLOC_SIZE(static_cast<std::size_t>(cpus));
    if (sched_getaffinity(0, bytes, set.get()) == 0) {
      return static_cast<std::size_t>(CPU_COUNT_S(bytes, set.get()));
    }
    if (errno != EINVAL) break;
  }
  return std::thread::hardware_concurrency();
}

}  // namespace

std::size_t cpu_count() {
  return detail::cpu_count_in("/", affinity());
}

std::size_t detail::cpu_count_in(const std::filesystem::path& root, std::size_t affinity) {
  const std::size_t available = std::max<std::size_t>(affinity, 1);
  return std::min(available, cgroup_quota(root).value_or(available));
}

}  // namespace par::inline PAR_ABI
