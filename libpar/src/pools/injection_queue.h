// The queue for work that comes from outside of a pool, first in first out.
#pragma once

#include <cstddef>
#include <cstdint>

#include "closure.h"
#include "job_list.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

// Thread-safe. Two lists with a lock each: those who post add to one; those who take empty the
// other, and when it is empty exchange it for all that has come in. So the two sides meet once for
// many jobs. Also brings used closures back from those who run them to those who post.
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

  // has_incoming_ first: what leaves there is in leaving_size_ before.
  [[nodiscard]] bool empty() const noexcept {
    return !has_incoming_.load() && leaving_size_.load() == 0;
  }

  // Gives the calling thread used closures if it has none, or takes what it has too much of.
  void balance(free_closures& mine) noexcept;

  // How many were ever added.
  [[nodiscard]] std::uint64_t added() const noexcept {
    // Acquire: partner of the release in note.
    return added_.load(std::memory_order_acquire);
  }

 private:
  void note(std::size_t count) noexcept PAR_REQUIRES(incoming_guard_);
  void let_in() noexcept PAR_REQUIRES(leaving_guard_);

  // What empty reads is sequentially consistent: written before the sleepers are looked for, read
  // after falling asleep. So is a flag that was set already: setting it came before the lock.
  mutex incoming_guard_;
  job_list incoming_ PAR_GUARDED_BY(incoming_guard_);
  free_closures free_ PAR_GUARDED_BY(incoming_guard_);
  bool closed_ PAR_GUARDED_BY(incoming_guard_) = false;
  atomic<bool> has_incoming_{false};
  atomic<std::uint64_t> added_{0};

  alignas(64) mutex leaving_guard_;  // Taken before incoming_guard_, by those who need both.
  job_list leaving_ PAR_GUARDED_BY(leaving_guard_);
  atomic<std::size_t> leaving_size_{0};
};

}  // namespace par::inline PAR_ABI::detail
