// The lock between processes that libpar takes from the system, for scenarios with threads that
// vanish.
#pragma once

#include <cstdint>
#include <optional>

#include "model/sync.h"
#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

// As in processes/ipc/robust_lock.h.
enum class left_by : std::uint8_t { its_owner, a_dead_owner };

// An owner that vanishes marks the lock, as the kernel does for one that is killed. Whoever waits
// is woken by that and by unlock, of which each is one step.
class robust_lock {
 public:
  robust_lock() = default;
  robust_lock(const robust_lock&) = delete;
  robust_lock& operator=(const robust_lock&) = delete;

  [[nodiscard]] left_by lock() { return *lock_until(deadline::never()); }
  [[nodiscard]] std::optional<left_by> try_lock();
  [[nodiscard]] std::optional<left_by> lock_until(deadline until);

  void repaired() noexcept {}
  void unlock() noexcept;

 private:
  enum state : std::uint32_t { free, owned, abandoned };

  void leave(state as) noexcept;

  atomic<std::uint32_t> state_{free};
};

}  // namespace par::inline PAR_ABI::detail
