// How far a copy has come: counted by the workers, sampled by whoever looks.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "copytree/model/counter.h"
#include "copytree/model/lost_directories.h"
#include "copytree/model/tally.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

// The path of the directory last begun, for the progress bar. Thread-safe.
class current_place {
 public:
  void set(std::string path) {
    const par::lock_guard lock(guard_);
    path_ = std::move(path);
  }
  [[nodiscard]] std::string get() const {
    const par::lock_guard lock(guard_);
    return path_;
  }

 private:
  mutable par::mutex guard_;
  std::string path_ PAR_GUARDED_BY(guard_);
};

// Written by the threads that copy.
struct alignas(64) copied_counters {
  counter files{0};
  counter directories{0};
  counter symlinks{0};
  counter hard_links{0};  // Names beyond the first of a file.
  counter specials{0};
  counter unchanged{0};    // Entries passed over, as the destination has them already.
  counter verified{0};     // Files that were read back and found right.
  counter bytes{0};        // Of files that are complete.
  counter bytes_moved{0};  // Of all files, complete or not: really read and written.
  counter removed{0};      // From the destination, as the source does not have them.
  counter errors{0};
};

// Bytes of files whose copies are not complete.
struct alignas(64) moving_counters {
  counter under_way{0};
  counter bytes_moved{0};
};

struct counters {
  copied_counters copied;
  tally settled;                         // What has been dealt with, copied or not.
  counter under_way{0};                  // Bytes done of files that are not settled yet.
  moving_counters away;                  // Those of all shares that other processes copy.
  moving_counters* elsewhere = nullptr;  // In such a process: where the owner sees its own.
  tally found;                           // What there is, counted ahead of the copy.
  std::atomic<bool> counting{false};     // `found` may still grow.
  std::atomic<bool> watched{false};      // Somebody looks: keep these two up to date.
  lost_directories lost;
  current_place current;
};

}  // namespace copytree
