#include "par/pools/future_state.h"

#include "par/locks/lock_guard.h"
#include "par/pools/blocking_scope.h"
#include "par/pools/future_errc.h"

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

void future_state::acquire() noexcept {
  // Relaxed: the caller has an ownership, so the state cannot go meanwhile.
  owners_.fetch_add(1, std::memory_order_relaxed);
}

void future_state::release() noexcept {
  // Acquire and release: what each owner did comes before the destruction. An owner that sees
  // itself alone need not write.
  if (owners_.load(std::memory_order_acquire) == 1 ||
      owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete this;
  }
}

void future_state::run() {
  static_cast<void>(run_if_queued());
  release();
}

void future_state::drop(std::exception_ptr why) noexcept {
  if (begin()) {
    discard();
    const bool failed = why != nullptr;
    if (failed) fail(std::move(why));
    end(failed ? finished : is_cancelled);
  }
  release();
}

bool future_state::begin() noexcept {
  std::uint32_t seen = state_.load(std::memory_order_relaxed);
  while ((seen & phase) == queued) {
    // Relaxed: whoever hands the task over publishes it; the result goes through end.
    if (state_.compare_exchange_weak(seen, seen | is_running, std::memory_order_relaxed,
                                     std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

void future_state::end(std::uint32_t last) noexcept {
  // Release: partner of the acquires in done and sleep_until, which publish the result.
  tell(state_.exchange(last, std::memory_order_release));
}

void future_state::tell(std::uint32_t was) noexcept {
  if ((was & awaited) != 0) futex_wake_all(state_);
  if ((was & watched) != 0) tell_watchers();
}

bool future_state::run_if_queued() {
  if (!has_function_ || !begin()) return false;
  call();
  end(finished);
  return true;
}

bool future_state::cancel() noexcept {
  if (!has_function_) return cancel_at_once();
  if (!begin()) return false;
  discard();
  end(is_cancelled);
  return true;
}

bool future_state::cancel_at_once() noexcept {
  std::uint32_t seen = state_.load(std::memory_order_relaxed);
  while ((seen & phase) == queued) {
    // Release: as in end.
    if (state_.compare_exchange_weak(seen, is_cancelled, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      tell(seen);
      return true;
    }
  }
  return false;
}

bool future_state::start() {
  if (begin()) return true;
  if (cancelled()) return false;
  throw invalid_state(done() ? "finished" : "running");
}

void future_state::begin_result() {
  std::uint32_t seen = state_.load(std::memory_order_relaxed);
  do {
    if ((seen & phase) == finished) throw invalid_state("finished");
    if ((seen & phase) == is_cancelled) throw invalid_state("cancelled");
    if ((seen & settling) != 0) throw invalid_state("being set");
    // Relaxed: this only reserves; end publishes.
  } while (!state_.compare_exchange_weak(seen, seen | is_running | settling,
                                         std::memory_order_relaxed, std::memory_order_relaxed));
}

bool future_state::done() const noexcept {
  // Acquire: partner of the release in end. Both final phases have this bit.
  return (state_.load(std::memory_order_acquire) & finished) != 0;
}

bool future_state::running() const noexcept {
  return (state_.load(std::memory_order_relaxed) & phase) == is_running;
}

bool future_state::cancelled() const noexcept {
  return (state_.load(std::memory_order_acquire) & phase) == is_cancelled;
}

bool future_state::watch(watcher& who) {
  const lock_guard lock(guard_);
  std::uint32_t seen = 0;
  do {
    // Acquire where it may turn out to be done: partner of the release in end.
    seen = state_.load(std::memory_order_acquire);
    if ((seen & finished) != 0) return false;
  } while (!state_.compare_exchange_weak(seen, seen | watched, std::memory_order_relaxed,
                                         std::memory_order_relaxed));
  // Whoever ends the state from here on sees the bit, and finds the list once the lock is free.
  who.next_ = nullptr;
  (last_watcher_ != nullptr ? last_watcher_->next_ : first_watcher_) = &who;
  last_watcher_ = &who;
  return true;
}

bool future_state::unwatch(watcher& who) noexcept {
  const lock_guard lock(guard_);
  watcher* before = nullptr;
  for (watcher* each = first_watcher_; each != nullptr; before = each, each = each->next_) {
    if (each != &who) continue;
    (before != nullptr ? before->next_ : first_watcher_) = who.next_;
    if (last_watcher_ == &who) last_watcher_ = before;
    return true;
  }
  return false;
}

void future_state::tell_watchers() noexcept {
  for (;;) {
    watcher* next = nullptr;
    {
      const lock_guard lock(guard_);
      next = first_watcher_;
      if (next == nullptr) return;
      first_watcher_ = next->next_;
      if (first_watcher_ == nullptr) last_watcher_ = nullptr;
    }
    next->completed();
  }
}

}  // namespace par::inline PAR_ABI::detail
