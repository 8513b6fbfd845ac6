// How a thread sleeps until a future's state is done.
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/pools/blocking_scope.h"
#include "par/pools/future_state.h"
#include "spin.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A sleeper that a stop request can wake as well.
class stoppable_wait final : public watcher {
 public:
  void completed() noexcept override {
    // Notified under the lock: afterwards the sleeper may be gone.
    const lock_guard lock(guard_);
    completed_ = true;
    changed_.notify_one();
  }

  bool wait_until(deadline until, const std::stop_token& stop) {
    unique_lock lock(guard_);
    return changed_.wait_until(lock, stop, until,
                               [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return completed_; });
  }

  // REQUIRES: on its way to being told.
  void wait() {
    unique_lock lock(guard_);
    changed_.wait(lock, [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return completed_; });
  }

 private:
  mutex guard_;
  condition_variable changed_;
  bool completed_ PAR_GUARDED_BY(guard_) = false;
};

}  // namespace

// Only inside a task. If the queue's entry is at hand it goes too; else it will find nothing to do.
bool future_state::claim() {
  if (!inside_task()) return false;
  task_host* const host = this_task_host();
  if (host == nullptr || !host->take_newest(*this)) return run_if_queued();
  run();
  return true;
}

void future_state::wait() {
  if (done() || claim()) return;
  for (int i = 0; i < spins_before_sleep; ++i) {
    spin_pause();
    if (done()) return;
  }
  const blocking_scope blocking;
  static_cast<void>(sleep_until(deadline::never()));
}

bool future_state::wait_until(deadline until) {
  if (done()) return true;
  const blocking_scope blocking;
  return sleep_until(until);
}

bool future_state::wait_until(deadline until, const std::stop_token& stop) {
  stoppable_wait sleeper;
  if (!watch(sleeper)) return true;
  const blocking_scope blocking;
  if (sleeper.wait_until(until, stop) || unwatch(sleeper)) return done();
  sleeper.wait();
  return true;
}

bool future_state::sleep_until(deadline until) noexcept {
  for (;;) {
    // Acquire where it may turn out to be done: partner of the release in end.
    std::uint32_t seen = state_.load(std::memory_order_acquire);
    if ((seen & finished) != 0) return true;
    if ((seen & awaited) == 0 &&
        !state_.compare_exchange_weak(seen, seen | awaited, std::memory_order_relaxed,
                                      std::memory_order_relaxed)) {
      continue;
    }
    if (!futex_wait(state_, seen | awaited, until)) return done();
  }
}

}  // namespace par::inline PAR_ABI::detail
