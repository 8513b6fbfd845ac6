// Running a program that is killed in the middle of its work.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace support {

struct killed_run {
  std::size_t steps = 0;  // Entries into and returns from system calls, of all its threads.
  bool killed = false;    // False: it ended by itself before.
};

// Kills it with SIGKILL after so many steps; 0: never, to count them. Its output goes to /dev/null.
// Nothing if this process may not trace others. Throws std::system_error.
[[nodiscard]] std::optional<killed_run> run_and_kill(const std::vector<std::string>& argv,
                                                     const std::string& directory,
                                                     std::size_t after_steps);

}  // namespace support
