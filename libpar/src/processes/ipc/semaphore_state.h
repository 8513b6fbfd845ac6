// The word of a semaphore between processes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// Where nobody waits a permit is added and taken by an exchange. While somebody may sleep it is
// added by the call that also wakes: all of them, so that it does not matter which of them is
// killed before it takes the permit.
class semaphore_state {
 public:
  semaphore_state(std::uint32_t permits, std::uint32_t bound) : word_(permits), bound_(bound) {}

  bool try_acquire() noexcept;
  bool acquire(deadline until, const std::stop_token& stop) {
    return try_acquire() || sleep(until, stop);
  }
  void release(std::size_t permits);  // Throws as ipc::semaphore does.

  // Relaxed: no permit comes with it.
  [[nodiscard]] std::uint32_t free() const noexcept {
    return word_.load(std::memory_order_relaxed) & ~awaited;
  }

 private:
  static constexpr std::uint32_t awaited = 1U << 31;

  bool sleep(deadline until, const std::stop_token& stop);
  void check_bound(std::size_t permits, std::uint32_t free) const;

  // Bits 0-30: free permits. Bit 31: `awaited`. Sleepers sleep on `awaited` without permits; so
  // whoever finds permits may clear the bit: nobody sleeps then.
  atomic<std::uint32_t> word_;
  std::uint32_t bound_;
};

}  // namespace par::inline PAR_ABI::detail
