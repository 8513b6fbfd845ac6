// Starting a child process with chosen descriptors.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace support {

// What the child does with one of its descriptors before the program starts.
struct redirection {
  int target = 0;         // 0, 1 or 2.
  int from = -1;          // A descriptor of ours, or -1.
  std::string open = {};  // With from == -1: a file to open; empty: the target is closed.
};

struct spawn_options {
  std::vector<std::string> argv;         // argv[0] is looked up in PATH if it has no slash.
  std::string directory = {};            // Working directory; empty: ours.
  std::vector<std::string> environment;  // "NAME=value", added to ours; "NAME" alone removes.
  std::vector<redirection> descriptors;
  bool new_session = false;          // Otherwise a process group of its own.
  std::vector<int> ignored_signals;  // As nohup does; all others start at their defaults.
};

// Throws std::system_error if the program cannot be started.
[[nodiscard]] pid_t spawn(const spawn_options& options);

// A descriptor that is closed with its scope.
class unique_fd {
 public:
  unique_fd() = default;
  explicit unique_fd(int descriptor) : descriptor_(descriptor) {}
  unique_fd(unique_fd&& other) noexcept;
  unique_fd& operator=(unique_fd&& other) noexcept;
  ~unique_fd() { reset(); }

  void reset() noexcept;
  [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace support
