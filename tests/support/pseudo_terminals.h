// Leaves a test out where the system has no pseudo terminals, as in a folder made a root without
// /dev/pts.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "support/spawn.h"

namespace support {

[[nodiscard]] inline bool has_pseudo_terminals() {
  const unique_fd master(::posix_openpt(O_RDWR | O_NOCTTY));
  if (master.get() < 0 || ::unlockpt(master.get()) != 0) return false;
  const char* const name = ::ptsname(master.get());
  return name != nullptr && unique_fd(::open(name, O_RDWR | O_NOCTTY)).get() >= 0;
}

}  // namespace support

#define SKIP_WITHOUT_PSEUDO_TERMINALS()    \
  if (!support::has_pseudo_terminals()) {  \
    GTEST_SKIP() << "no pseudo terminals"; \
  }                                        \
  static_assert(true)
