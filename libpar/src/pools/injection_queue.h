// The queue for work that comes from outside of a pool, first in first out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "closure.h"
#include "job_list.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

// Thread-safe. Also brings used closures back from those who run them to those who post.
class injection_queue {
 public:
  // Of these, false: the queue is closed, nothing was added.
  [[nodiscard]] bool push(job& added);
  [[nodiscard]] bool push(job_list& added);

  job* pop() noexcept;  // The oldest, or null.

  // False: not there (any more).
  [[nodiscard]] bool remove(job& which) noexcept;

  // A closed queue takes nothing more in. Closing again does nothing.
  void close() noexcept;

  job_list take_all() noexcept;

  [[nodiscard]] bool empty() const noexcept { return size_.load() == 0; }

  // How many were ever added.
  [[nodiscard]] std::uint64_t added() const noexcept {
    // Acquire: partner of the release in push.
    return added_.load(std::memory_order_acquire);
  }

 private:
  void note(std::size_t count) PAR_REQUIRES(guard_);

  mutex guard_;
  job_list jobs_ PAR_GUARDED_BY(guard_);
  free_closures free_ PAR_GUARDED_BY(guard_);
  bool closed_ PAR_GUARDED_BY(guard_) = false;
  // Sequentially consistent: written before the sleepers are looked for, read after falling asleep.
  atomic<std::size_t> size_{0};
  atomic<std::uint64_t> added_{0};
};

}  // namespace par::inline PAR_ABI::detail
