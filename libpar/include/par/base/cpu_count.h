// How many threads this process may keep busy at once.
#pragma once

#include <cstddef>
#include <filesystem>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// The least of: the processors in the affinity mask, and every CPU quota (rounded up) of the
// cgroup, v1 or v2, that the process is in and of those above it. At least 1. Container limits
// count, which std::thread::hardware_concurrency does not see. Reads a few files under /proc and
// /sys; what cannot be read sets no limit. Thread-safe; not cached, since quotas change.
[[nodiscard]] std::size_t cpu_count();

namespace detail {

// The same with the files below another root, and with the size of the affinity mask given.
[[nodiscard]] std::size_t cpu_count_in(const std::filesystem::path& root, std::size_t affinity);

}  // namespace detail

}  // namespace par::inline PAR_ABI
