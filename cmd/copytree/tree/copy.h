// Carries out a plan.
#pragma once

#include <cstdint>

#include "copytree/model/options.h"
#include "copytree/operands/plan.h"
#include "copytree/run/context.h"

namespace copytree {

struct report {
  std::uint64_t files = 0;
  std::uint64_t directories = 0;
  std::uint64_t symlinks = 0;
  std::uint64_t hard_links = 0;
  std::uint64_t specials = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t verified = 0;
  std::uint64_t bytes = 0;
  std::uint64_t removed = 0;  // Entries of all kinds.
  std::uint64_t errors = 0;
  bool interrupted = false;
};

// Copies on the executor and returns when everything is done, or stopped: files that were being
// copied then are removed. Problems go to the observer and do not keep the rest from being copied.
// Rethrows what a task has thrown (std::bad_alloc).
report copy(const surroundings& around, const options& how, plan what);

}  // namespace copytree
