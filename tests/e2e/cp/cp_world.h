// A directory in which one case is run with a cp of choice.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "e2e/cp/cp_case.h"
#include "support/temp_dir.h"

namespace cp_cases {

// What is left of a run: the tree is kept under `tree`. Lines are sorted, as they come in the order
// in which a directory is read, or a thread gets at them.
struct outcome {
  int status = -1;
  std::vector<std::string> out;
  std::vector<std::string> err;
  std::filesystem::path tree;
};

class cp_world {
 public:
  // Both find the same absolute paths, and as root can write nowhere else. LC_ALL is C, the umask
  // 022. Afterwards the time of every file tells only whether it was preserved: times later than
  // the setup are made equal.
  [[nodiscard]] outcome run_theirs(const cp_case& which) {
    return run(which, "/usr/bin", "theirs");
  }
  [[nodiscard]] outcome run_ours(const cp_case& which);

 private:
  outcome run(const cp_case& which, const std::string& programs, const std::string& name);

  support::temp_dir temp_;
};

// Why the cases cannot be run here: the system's cp is not the one that they are about. Empty if
// they can.
[[nodiscard]] std::string obstacle();

}  // namespace cp_cases
