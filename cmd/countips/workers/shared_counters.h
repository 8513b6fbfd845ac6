// What the processes of one count see of each other.
#pragma once

#include <atomic>

#include "countips/counting/progress.h"
#include "par/processes/shared_memory.h"

namespace countips {

// A handle, as par::shared_memory is.
class shared_counters {
 public:
  struct counters {
    count_progress progress;
    std::atomic<bool> stop{false};
  };
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
                std::atomic<bool>::is_always_lock_free);

  // Throws std::system_error.
  shared_counters();

  counters* operator->() const noexcept;

  void save(par::parcel_writer& to) const { memory_.save(to); }
  void load(par::parcel_reader& from);  // Throws par::codec_error if the memory is none of theirs.

 private:
  par::shared_memory memory_;
};

}  // namespace countips
