// Directories of the source that will not be copied, with all that is in them.
#pragma once

#include <memory>
#include <stop_token>
#include <utility>

#include "copytree/system/tree_path.h"
#include "par/queues/queue.h"

namespace copytree {

// From those who copy to the one who counts: what is in them has been found, or will be, and nobody
// else is going to deal with it. Thread-safe.
class lost_directories {
 public:
  using path = std::shared_ptr<const tree_path>;

  void put(path directory) { waiting_.put(std::move(directory)); }

  // Null if there is none.
  path try_take() {
    auto next = waiting_.try_get();
    return next ? std::move(*next) : nullptr;
  }

  // Waits for one; null when stopped.
  path take(const std::stop_token& stop) {
    auto next = waiting_.get(stop);
    return next ? std::move(*next) : nullptr;
  }

 private:
  par::queue<path> waiting_;
};

}  // namespace copytree
