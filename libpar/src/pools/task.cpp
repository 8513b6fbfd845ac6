#include "par/pools/task.h"

#include "par/pools/future.h"

namespace par::inline PAR_ABI::detail {
namespace {

thread_local int task_depth = 0;

}  // namespace

bool inside_task() noexcept {
  return task_depth > 0;
}

task_scope::task_scope() noexcept {
  ++task_depth;
}
task_scope::~task_scope() {
  --task_depth;
}

void throw_cancelled() {
  throw future_cancelled();
}

bool task::begin() noexcept {
  std::uint32_t seen = state_.load(std::memory_order_relaxed);
  while ((seen & ~awaited) == queued) {
    // Relaxed: whoever hands the task over publishes it; the result goes through end.
    if (state_.compare_exchange_weak(seen, running | (seen & awaited), std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

void task::end(std::uint32_t last) noexcept {
  // Release: partner of the acquires in done and wait_until, which publish the result.
  const std::uint32_t was = state_.exchange(last, std::memory_order_release);
  if ((was & awaited) != 0) futex_wake_all(state_);
}

bool task::run_if_queued() {
  if (!begin()) return false;
  run();
  end(finished);
  return true;
}

bool task::cancel() noexcept {
  if (!begin()) return false;
  drop();
  end(cancelled_);
  return true;
}

void task::wait() {
  if (inside_task() && run_if_queued()) return;
  static_cast<void>(wait_until(deadline::never()));
}

bool task::wait_until(deadline until) noexcept {
  std::uint32_t seen = state_.load(std::memory_order_acquire);
  for (;;) {
    if (seen == finished || seen == cancelled_) return true;
    if ((seen & awaited) == 0) {
      if (!state_.compare_exchange_weak(seen, seen | awaited, std::memory_order_acquire)) continue;
      seen |= awaited;
    }
    if (!futex_wait(state_, seen, until)) return done();
    seen = state_.load(std::memory_order_acquire);
  }
}

bool task::done() const noexcept {
  const std::uint32_t seen = state_.load(std::memory_order_acquire);
  return seen == finished || seen == cancelled_;
}

bool task::cancelled() const noexcept {
  return state_.load(std::memory_order_acquire) == cancelled_;
}

}  // namespace par::inline PAR_ABI::detail
