#include "par/locks/mutex.h"

#include <system_error>

namespace par::inline PAR_ABI {

// Having slept, a thread cannot know whether it was the only sleeper, so it takes the lock as
// `contended`: at worst one wake-up too many, never one too few.
bool mutex::lock_contended(deadline until) noexcept {
  // Acquire: partner of the release in unlock.
  while (state_.exchange(contended, std::memory_order_acquire) != unlocked) {
    if (!detail::futex_wait(state_, contended, until)) {
      // The time is up; the lock may have become free in the same moment.
      return state_.exchange(contended, std::memory_order_acquire) == unlocked;
    }
  }
  return true;
}

void mutex::unlock_slow(std::uint32_t was) {
  if (was == contended) {
    detail::futex_wake(state_, 1);
    return;
  }
  throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                          "mutex: unlocked while nobody held it");
}

}  // namespace par::inline PAR_ABI
