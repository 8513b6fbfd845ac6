// Which names the operands of a copy have been given so far.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "copytree/system/fs.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

// So that an operand does not overwrite what an earlier one has just become. Thread-safe.
class made_names {
 public:
  void add(file_id directory, std::string_view name) {
    const par::lock_guard lock(guard_);
    names_.emplace(directory, name);
  }

  [[nodiscard]] bool contains(file_id directory, std::string_view name) const {
    const par::lock_guard lock(guard_);
    return names_.contains({directory, std::string(name)});
  }

 private:
  mutable par::mutex guard_;
  std::set<std::pair<file_id, std::string>> names_ PAR_GUARDED_BY(guard_);
};

}  // namespace copytree
