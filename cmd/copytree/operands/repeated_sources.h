// Which sources the user has named more than once.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "copytree/system/fs.h"

namespace copytree {

// A source is the same if it is the same file under the same name in the same directory, however
// the way there is written. Other names of a file are sources of their own.
class repeated_sources {
 public:
  explicit repeated_sources(file_system& fs) : fs_(fs) {}

  // Whether it has been checked before.
  [[nodiscard]] bool check(const std::string& source, const file_status& status);

 private:
  file_system& fs_;
  std::set<std::tuple<file_id, file_id, std::string>> known_;  // Directory, file, name.
};

}  // namespace copytree
