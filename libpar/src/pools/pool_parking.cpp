// How a pool's threads fall asleep, and who wakes them: the half of pool_core that impl.md draws.
#include "par/locks/lock_guard.h"
#include "pool_core.h"
#include "pool_worker.h"

namespace par::inline PAR_ABI::detail {
namespace {

// How often a thread looks for work again before it parks; about ten microseconds.
#ifdef PAR_MODEL
constexpr int searches = 1;
#else
constexpr int searches = 200;
#endif

}  // namespace

// Half of the active threads at most, so that searching does not take the processors from work.
bool pool_core::begin_searching() noexcept {
  std::uint64_t seen = state_.load(std::memory_order_relaxed);
  do {
    if (2 * searching(seen) >= active(seen)) return false;
  } while (!state_.compare_exchange_weak(seen, seen + one_searching));
  return true;
}

// A post wakes nobody while somebody searches. So the last to have found something looks whether
// there is more, and passes the search on.
void pool_core::end_searching() noexcept {
  const std::uint64_t before = state_.fetch_sub(one_searching);
  if (searching(before) == 1 && has_work()) wake_one_if_wanted();
}

bool pool_core::search(worker&) noexcept {
  for (int i = 0; i < searches; ++i) {
    if (has_work()) return true;
    spin_pause();
  }
  return false;
}

bool pool_core::is_surplus() const noexcept {
  return active(state_.load(std::memory_order_relaxed)) > width_;
}

bool pool_core::park(worker& self, bool was_searching) noexcept {
  std::uint64_t before = 0;
  bool is_closed = false;
  {
    const lock_guard lock(parking_);
    is_closed = closed_;
    if (!is_closed) {
      self.before_parking();
      self.parked_before = parked_;
      parked_ = &self;
    }
    before = state_.fetch_sub(one_active + (was_searching ? one_searching : 0));
  }
  // Whatever was queued before this thread had stopped counting as active or searching may have
  // woken nobody. Sequentially consistent: either has_work sees it, or the one who queued it saw
  // the new state.
  const bool work_is_left = has_work();
  if (waiters(before) > 0 && !work_is_left) tell_waiters();
  if (is_closed) {
    if (!work_is_left) return false;
    state_.fetch_add(one_active + one_searching);
    return true;
  }
  if (work_is_left) wake_one_if_wanted();
  self.sleep();
  return true;
}

void pool_core::wake_one_if_wanted() noexcept {
  std::uint64_t seen = state_.load();
  do {
    if (searching(seen) > 0 || active(seen) >= width_) return;
  } while (!state_.compare_exchange_weak(seen, seen + one_active + one_searching));
  // Counted on behalf of the one that is woken, so that a burst of posts wakes one thread.
  if (worker* const sleeper = unpark()) {
    sleeper->wake();
  } else if (!start_counted()) {
    state_.fetch_sub(one_active + one_searching);
  }
}

pool_core::worker* pool_core::unpark() noexcept {
  const lock_guard lock(parking_);
  worker* const last = parked_;
  if (last != nullptr) parked_ = last->parked_before;
  return last;
}

bool pool_core::start() noexcept {
  state_.fetch_add(one_active + one_searching);
  if (start_counted()) return true;
  state_.fetch_sub(one_active + one_searching);
  return false;
}

bool pool_core::start_counted() noexcept {
  std::size_t slot = 0;
  {
    const lock_guard lock(parking_);
    slot = started_.load(std::memory_order_relaxed);
    if (closed_ || slot == workers_.size()) return false;
    // Sequentially consistent, as what the new worker will queue: see has_work.
    started_.store(slot + 1);
  }
  if (starter_.start_thread(slot)) return true;
  const lock_guard lock(parking_);
  if (started_.load(std::memory_order_relaxed) == slot + 1) {
    started_.store(slot, std::memory_order_relaxed);
  }
  return false;
}

void pool_core::begin_blocking() noexcept {
  state_.fetch_sub(one_active);
  if (has_work()) wake_one_if_wanted();
}

void pool_core::end_blocking() noexcept {
  state_.fetch_add(one_active);
}

}  // namespace par::inline PAR_ABI::detail
