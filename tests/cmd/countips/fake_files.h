// A file system in memory whose calls can be made to fail.
#pragma once

#include <atomic>
#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "countips/input/source.h"

namespace countips {

struct fake_file {
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  std::string content = {};
  bool is_pipe = false;             // Only read works, and nothing is known of the size.
  std::size_t most_a_call = never;  // What one call gives at most: short reads.
  std::size_t interrupt_each = 0;   // Every so many calls fail with EINTR; 0: none.
  std::size_t fails_at = never;     // Reading this byte fails with EIO.
  int open_error = 0;               // What open fails with, if not 0.
  int look_up_error = 0;
  std::string link_to = {};  // Another name of this file, if not empty.
};

// Paths are whole: "logs/a" is in the directory "logs". Must outlive its sources.
class fake_files final : public file_system {
 public:
  std::map<std::string, fake_file> files;
  std::map<std::string, int> unlistable;  // Directories that list fails for, with what.

  or_errno<file_info> look_up(const std::string& path) override;
  or_errno<std::vector<std::string>> list(const std::string& path) override;
  or_errno<std::unique_ptr<source>> open(const std::string& path) override;
  or_errno<std::unique_ptr<source>> open_standard_input() override;  // The file "-".
  std::unique_ptr<change_watch> watch(const std::vector<std::string>& paths) override;

 private:
  [[nodiscard]] std::map<std::string, fake_file>::const_iterator find(
      const std::string& path) const;
  [[nodiscard]] bool is_directory(const std::string& path) const;
};

}  // namespace countips
