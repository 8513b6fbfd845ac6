// Counts entries of the source, each with the bytes of its file.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <map>

#include "copytree/model/counter.h"
#include "copytree/system/fs.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace copytree {

// Tells the first name of a file from its others. Thread-safe.
class first_names {
 public:
  // Of a file that has so many names in all; it is forgotten with the last of them.
  bool is_first(file_id id, std::uint64_t names) {
    const par::lock_guard lock(guard_);
    const auto [known, is_new] = to_come_.try_emplace(id, names);
    if (--known->second == 0) to_come_.erase(known);
    return is_new;
  }

 private:
  par::mutex guard_;
  std::map<file_id, std::uint64_t> to_come_ PAR_GUARDED_BY(guard_);
};

// What is found ahead of a copy and what a copy has dealt with are counted by the same rules here,
// so that the one reaches the other exactly when each entry has been added to both once, whatever
// became of it. Thread-safe.
class alignas(64) tally {
 public:
  // An entry as the source has it. With `links_kept` a file with several names counts its bytes
  // once; otherwise each name is copied, and so counted, for itself.
  void add_entry(const file_status& entry, bool links_kept) {
    if (S_ISREG(entry.st_mode) &&
        (entry.st_nlink < 2 || !links_kept || names_.is_first(id_of(entry), entry.st_nlink))) {
      add(bytes_, static_cast<std::uint64_t>(entry.st_size));
    }
    add(entries_);
  }

  // A directory, or an entry that cannot be looked at.
  void add_entry() { add(entries_); }

  // What another tally has counted.
  void add_counted(std::uint64_t entries, std::uint64_t bytes) {
    add(entries_, entries);
    add(bytes_, bytes);
  }

  [[nodiscard]] std::uint64_t entries() const { return entries_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  counter entries_{0};
  counter bytes_{0};
  first_names names_;
};

}  // namespace copytree
