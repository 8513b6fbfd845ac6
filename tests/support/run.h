// Running a program to its end, as a shell would, and keeping what it said.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace support {

struct run_options {
  std::string input = {};                     // Standard input, through a pipe.
  std::string stdin_from = {};                // Or from this file.
  std::string directory = {};                 // Working directory; empty: ours.
  std::vector<std::string> environment = {};  // "NAME=value" added to ours; "NAME" alone removes.
  bool close_stdout = false;                  // As >&- does.
  std::string stdout_to = {};                 // A file instead of a pipe: "/dev/full".
  std::optional<std::size_t> stdout_limit =
      {};                                 // Close our end after this many bytes, as head does.
  std::vector<int> ignored_signals = {};  // As nohup does.
  std::chrono::seconds time_limit = std::chrono::seconds(60);
};

struct run_result {
  int status = -1;  // Exit status; -1 if a signal ended it.
  int signal = 0;   // The signal that ended it, or 0.
  std::string out;
  std::string err;
};

// No shell is involved: argv[0] is a path, or a name to look up in PATH. Both output pipes and the
// input are served at once. Throws std::system_error if the program cannot be started, and
// std::runtime_error after killing it when the time limit passes.
[[nodiscard]] run_result run(const std::vector<std::string>& argv, const run_options& options = {});

}  // namespace support
