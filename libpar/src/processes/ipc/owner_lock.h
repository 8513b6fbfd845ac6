// A lock in shared memory that knows which process holds it, and tells when that has died.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"
#include "process_id.h"

namespace par::inline PAR_ABI::detail {

// One word says everything, so that a process can be killed between any two instructions:
//
//   bits 0-29   number of the process that holds it, or held it when it died; 0: free
//   bit  30     abandoned: that process died
//   bit  31     awaited: somebody may sleep on these 32 bits
//   bits 32-63  when that process started
//
// Who waits sleeps for a few milliseconds at most, and then looks whether the holder is still
// there: a wake-up that died with its waker, or with whom it woke, is made good by that.
class owner_lock {
 public:
  enum class outcome {
    taken,
    mended,     // Taken, and it had been abandoned.
    abandoned,  // Not taken.
    gave_up,    // Not taken: the time was up, or a stop was requested.
  };
  struct attempt {
    outcome how = outcome::gave_up;
    pid_t died = 0;  // Who abandoned it.
  };
  enum class if_abandoned { leave, mend };

  attempt lock(if_abandoned what, deadline until = deadline::never(),
               const std::stop_token& stop = {});
  attempt try_lock(if_abandoned what) noexcept;
  // Looks also whether the holder has died, as who waits does and as often at most.
  attempt try_lock_and_watch(if_abandoned what) noexcept;
  void unlock() noexcept;  // REQUIRES: is_mine().

  [[nodiscard]] bool is_mine() const noexcept;  // The calling process holds it.

 private:
  static constexpr std::uint32_t number_bits = 0x3fff'ffff;
  static constexpr std::uint32_t abandoned = 1U << 30;
  static constexpr std::uint32_t awaited = 1U << 31;

  static process_id holder_in(std::uint64_t word) noexcept;
  bool take(std::uint64_t& seen, std::uint32_t flags) noexcept;
  attempt lock_contended(if_abandoned what, deadline until, const std::stop_token& stop);
  void abandon(std::uint64_t seen) noexcept;

  atomic<std::uint64_t> word_{0};
};

// What guards the state of the other locks. Whoever finds it abandoned takes it over: each change
// under it leaves the state good between any two instructions.
class inner_guard {
 public:
  explicit inner_guard(owner_lock& lock) : lock_(lock) {
    static_cast<void>(lock_.lock(owner_lock::if_abandoned::mend));
  }
  ~inner_guard() { lock_.unlock(); }
  inner_guard(const inner_guard&) = delete;
  inner_guard& operator=(const inner_guard&) = delete;

 private:
  owner_lock& lock_;
};

}  // namespace par::inline PAR_ABI::detail
