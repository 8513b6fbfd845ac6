// Directories of the source that will not be copied, with all that is in them.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

#include "copytree/tree_path.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

// From those who copy to the one who counts: what is in them has been found, or will be, and nobody
// else is going to deal with it. Thread-safe.
class lost_directories {
 public:
  using path = std::shared_ptr<const tree_path>;

  void put(path directory) {
    {
      const par::lock_guard lock(guard_);
      waiting_.push_back(std::move(directory));
    }
    changed_.notify_one();
  }

  // Waits for one; null when stopped.
  path take(const std::stop_token& stop) {
    par::unique_lock lock(guard_);
    if (!changed_.wait(lock, stop, [this]() PAR_REQUIRES(guard_) { return !waiting_.empty(); })) {
      return nullptr;
    }
    path directory = std::move(waiting_.front());
    waiting_.pop_front();
    return directory;
  }

 private:
  par::mutex guard_;
  par::condition_variable changed_;
  std::deque<path> waiting_ PAR_GUARDED_BY(guard_);
};

}  // namespace copytree
