// What a copy came to, for people and for machines.
#pragma once

#include <chrono>
#include <string>

#include "copytree/tree/copy.h"

namespace copytree {

struct outcome {
  report what;
  std::chrono::nanoseconds time;
  bool dry_run = false;
};

// "copied 1,234 files, 56 directories, 1.4 GiB in 0:00:03 (467 MiB/s), removed 7 entries"
[[nodiscard]] std::string summary(const outcome& of);

// One JSON object on one line, with a newline. Sizes in bytes, times in seconds.
[[nodiscard]] std::string json_summary(const outcome& of);

}  // namespace copytree
