// A file system in memory in which files grow, move and shrink while they are followed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "countips/input/source.h"

namespace countips {

struct live_file {
  std::uint64_t number = 0;
  std::string content = {};
  bool is_pipe = false;
  bool has_writer = true;  // Of a pipe: without one, it ends.
  std::size_t most_a_call = std::numeric_limits<std::size_t>::max();
  int read_error = 0;  // What the next reads fail with, if not 0.
};

// Whoever waits for changes makes the next of them happen. Not thread-safe.
class live_files final : public file_system {
 public:
  std::vector<std::function<void()>> changes;  // When they are used up, waiting does nothing.
  std::function<void()> when_idle = [] {};     // Called then.
  std::map<std::string, int> closed;           // Paths that open fails for, with what.

  live_file& create(const std::string& path, const std::string& content = "");
  void append(const std::string& path, const std::string& text);
  void rename(const std::string& from, const std::string& to);
  void remove(const std::string& path);
  [[nodiscard]] live_file& at(const std::string& path);

  or_errno<file_info> look_up(const std::string& path) override;
  or_errno<std::vector<std::string>> list(const std::string& path) override;
  or_errno<std::unique_ptr<source>> open(const std::string& path) override;
  or_errno<std::unique_ptr<source>> open_standard_input() override;  // The file "-".
  std::unique_ptr<change_watch> watch(const std::vector<std::string>& paths) override;

 private:
  std::map<std::string, std::shared_ptr<live_file>> files_;
  std::vector<std::weak_ptr<live_file>> all_;  // Also those that have no name any more.
  std::size_t next_change_ = 0;
};

}  // namespace countips
