// Directories read without a trace in their times of access.
#pragma once

#include <fcntl.h>

#include "copytree/system/fs.h"

namespace copytree {

// Calls `open` with the flags for it, as only the owner may, and then without if need be.
template <class Open>
os_result<int> open_untraced(Open open) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY;
  const auto opened = uninterrupted([&] { return open(flags | O_NOATIME); });
  if (opened || opened.error() != std::errc::operation_not_permitted) return opened;
  return uninterrupted([&] { return open(flags); });
}

}  // namespace copytree
