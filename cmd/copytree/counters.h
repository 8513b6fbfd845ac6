// How far a copy has come: counted by the workers, sampled by whoever looks.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>

#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

using counter = std::atomic<std::uint64_t>;

// Adds to a counter that orders nothing but itself.
inline void add(counter& to, std::uint64_t amount = 1) {
  to.fetch_add(amount, std::memory_order_relaxed);
}

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
  counter bytes_moved{0};  // Of all files, complete or not, as they are copied.
  counter removed{0};      // From the destination, as the source does not have them.
  counter errors{0};

  // Entries of all kinds that are complete, by this copy or before.
  [[nodiscard]] std::uint64_t entries() const {
    return files + directories + symlinks + hard_links + specials + unchanged;
  }
};

// Written by the thread that counts the sources ahead of the copy.
struct alignas(64) found_counters {
  counter entries{0};
  counter bytes{0};
  std::atomic<bool> counting{false};  // The two may still grow.
};

struct counters {
  copied_counters copied;
  found_counters found;
  std::atomic<bool> watched{false};  // Somebody looks: keep `current` up to date.
  current_place current;
};

}  // namespace copytree
