// Which ways of copying two file systems have refused.
#pragma once

#include <atomic>
#include <map>
#include <utility>

#include "copytree/data/data_fallbacks.h"
#include "copytree/system/fs.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

// Set once and never cleared. Relaxed everywhere: who sees it late only asks in vain once more.
struct copy_methods {
  // Only for speed: there is another way.
  std::atomic<bool> clone_refused{false};
  std::atomic<bool> range_refused{false};

  // What file systems do not have at all; says nothing where the source may lie on any of several.
  std::atomic<bool> no_attributes{false};          // In the source.
  std::atomic<bool> no_user_attributes{false};     // In the destination: of the namespace "user".
  std::atomic<bool> no_trusted_attributes{false};  // Of the namespace "trusted".
  std::atomic<bool> unnamed_refused{false};        // The destination has no files without a name.

  [[nodiscard]] std::atomic<bool>& refused(data_way way) {
    return way == data_way::clone ? clone_refused : range_refused;
  }
};

// Thread-safe. References stay valid as long as the table.
class copy_method_table {
 public:
  copy_methods& between(dev_t from, dev_t to) {
    const par::lock_guard lock(guard_);
    return table_[{from, to}];
  }

 private:
  par::mutex guard_;
  std::map<std::pair<dev_t, dev_t>, copy_methods> table_ PAR_GUARDED_BY(guard_);
};

}  // namespace copytree
