// What stands in the way of an entry of another kind, for options::mirror.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

class open_directory;

// A directory where a file is to be, or the other way round; below the operands, where the names in
// source and destination are the same.
struct obstacle {
  std::shared_ptr<open_directory> in;
  std::string name;
  unsigned char type;  // Of the entry that is to be there: DT_DIR, ...
};

// While a mirror is being made, such entries are put off until all else has been copied without an
// error and the obstacles have been removed. Thread-safe.
class obstacles {
 public:
  explicit obstacles(bool are_removed) : puts_off_(are_removed) {}

  // False if the entry is not to be put off: the obstacle is then an error.
  bool put_off(obstacle found) {
    const par::lock_guard lock(guard_);
    if (!puts_off_) return false;
    found_.push_back(std::move(found));
    return true;
  }

  // All since the last call.
  [[nodiscard]] std::vector<obstacle> found_since() {
    const par::lock_guard lock(guard_);
    return std::exchange(found_, {});
  }

  // All so far; none is put off again.
  [[nodiscard]] std::vector<obstacle> take() {
    const par::lock_guard lock(guard_);
    puts_off_ = false;
    return std::exchange(found_, {});
  }

  // For dry runs, which leave in place what they count as removed.
  void note_removed(const obstacle& gone) {
    const par::lock_guard lock(guard_);
    removed_.emplace(gone.in.get(), gone.name);
  }
  [[nodiscard]] bool is_removed(const open_directory* in, std::string_view name) const {
    const par::lock_guard lock(guard_);
    return !removed_.empty() && removed_.contains({in, std::string(name)});
  }

 private:
  mutable par::mutex guard_;
  bool puts_off_ PAR_GUARDED_BY(guard_);
  std::vector<obstacle> found_ PAR_GUARDED_BY(guard_);
  std::set<std::pair<const open_directory*, std::string>> removed_ PAR_GUARDED_BY(guard_);
};

}  // namespace copytree
