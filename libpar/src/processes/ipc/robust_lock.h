// A lock between processes that notices when its owner died.
#pragma once

#ifdef PAR_MODEL

#include "model/robust_lock.h"

#else

#include <pthread.h>

#include <cstdint>
#include <optional>

#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

// How a robust_lock was left by who had it last.
enum class left_by : std::uint8_t { its_owner, a_dead_owner };

// Lies in memory that processes share, at any address in each; one of them constructs it. Nobody
// destroys it: it goes with its memory. Not recursive.
//
// Who gets it after a dead owner puts in order what it guards and says repaired() before unlocking;
// if that one dies first, the next is told again. Unlocked without it, the lock is lost for good:
// locking throws std::system_error (state_not_recoverable). The same error type tells anything else
// that the system finds wrong with it.
class robust_lock {
 public:
  robust_lock();
  robust_lock(const robust_lock&) = delete;
  robust_lock& operator=(const robust_lock&) = delete;

  [[nodiscard]] left_by lock();
  // Nothing: somebody has it; and still had it when the deadline passed.
  [[nodiscard]] std::optional<left_by> try_lock();
  [[nodiscard]] std::optional<left_by> lock_until(deadline until);

  void repaired();
  void unlock() noexcept;

 private:
  pthread_mutex_t mutex_;
};

}  // namespace par::inline PAR_ABI::detail

#endif
