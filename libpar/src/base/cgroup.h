// The CPU quota that Linux control groups set for this process.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// The smallest quota, in processors rounded up, of the process's cgroup and those above it, v1 and
// v2; nothing if none is set. Reads below `root`; what is missing or malformed sets no quota.
[[nodiscard]] std::optional<std::size_t> cgroup_quota(const std::filesystem::path& root);

}  // namespace par::inline PAR_ABI::detail
