#include "pool_core.h"

#include <stdexcept>
#include <utility>

#include "par/locks/lock_guard.h"
#include "par/pools/forked_job.h"
#include "pool_worker.h"

namespace par::inline PAR_ABI::detail {
namespace {

// What the calling thread is, if it works for some pool.
struct worker_identity {
  const pool_core* pool = nullptr;
  void* worker = nullptr;
};
thread_local worker_identity this_thread;

}  // namespace

pool_core::pool_core(std::size_t width, std::size_t slots, thread_starter& starter)
    : width_(width), starter_(starter) {
  for (std::size_t i = 0; i < slots; ++i) workers_.push_back(std::make_unique<worker>());
}

pool_core::~pool_core() = default;

bool pool_core::runs_here() const noexcept {
  return this_thread.pool == this;
}

void pool_core::forget_this_thread() noexcept {
  this_thread = {};
  set_task_host(nullptr);
}

bool pool_core::post(job& work) {
  if (runs_here()) {
    auto& self = *static_cast<worker*>(this_thread.worker);
    self.post(work);
  } else if (!injected_.push(work)) {
    return false;
  }
  wake_one_if_wanted();
  return true;
}

bool pool_core::post(job_list& work) {
  if (!runs_here()) {
    if (!injected_.push(work)) return false;
  } else {
    auto& self = *static_cast<worker*>(this_thread.worker);
    while (job* const each = work.pop_front()) self.post(*each);
  }
  wake_one_if_wanted();
  return true;
}

closure& pool_core::make_closure(unique_function<void()>&& function) {
  free_closures& mine = free_closures::of_this_thread();
  if (mine.size() == 0) injected_.balance(mine);
  return mine.make(std::move(function));
}

bool pool_core::take_back(job& work) noexcept {
  if (!runs_here()) {
    if (!injected_.remove(work)) return false;
    gone_.fetch_add(1, std::memory_order_release);  // Partner: the acquire in all_done.
    // A read-modify-write, so that a waiter either sees the line above or is seen.
    if (waiters(state_.fetch_add(0, std::memory_order_acq_rel)) > 0) tell_waiters();
    return true;
  }
  // What the task has queued since lies above it, unless thieves have taken all.
  auto& self = *static_cast<worker*>(this_thread.worker);
  job_list above;
  job* popped = self.jobs.pop();
  while (popped != nullptr && popped != &work) {
    above.push_back(*popped);
    popped = self.jobs.pop();
  }
  while (job* const each = above.pop_back()) self.push(*each);
  if (popped != nullptr) self.count_done();
  return popped != nullptr;
}

bool pool_core::take_newest(job& which) noexcept {
  if (!runs_here()) return false;
  auto& self = *static_cast<worker*>(this_thread.worker);
  // If a thief is faster, there is no newer one that pop could give instead.
  if (self.jobs.newest() != &which || self.jobs.pop() == nullptr) return false;
  self.count_done();
  return true;
}

const forked_call* pool_core::run_call(const forked_call* now) noexcept {
  auto& self = *static_cast<worker*>(this_thread.worker);
  if (now != nullptr) now->run_by.set(*this, &self);
  return std::exchange(self.call, now);
}

bool pool_core::help(const forked_call& running) noexcept {
  if (!runs_here()) return false;
  auto* const its = static_cast<worker*>(running.run_by.of(*this));
  job* const stolen = its != nullptr ? its->jobs.steal(&running) : nullptr;
  if (stolen == nullptr) return false;
  run(*static_cast<worker*>(this_thread.worker), *stolen);
  return true;
}

void pool_core::work(std::size_t slot) {
  worker& self = *workers_[slot];
  this_thread = {this, &self};
  set_task_host(this);
  bool is_searching = true;  // As whoever woke or started this thread has counted it.
  for (;;) {
    if (job* const found = find(self)) {
      if (std::exchange(is_searching, false)) end_searching();
      run(self, *found);
      if (is_surplus()) {
        if (!park(self, false)) break;
        is_searching = true;
      }
      continue;
    }
    if (!is_searching) is_searching = begin_searching();
    if (is_searching && search(self)) continue;
    if (!park(self, is_searching)) break;
    is_searching = true;
  }
  forget_this_thread();
}

// Its own newest, so that a tree is walked depth first; else the oldest from outside, so that
// outsiders are served in order; else another's oldest, the largest piece of a divided job.
job* pool_core::find(worker& self) noexcept {
  if (job* const own = self.jobs.pop()) return own;
  if (job* const outside = injected_.pop()) return outside;
  return steal(self);
}

job* pool_core::steal(const worker& self) noexcept {
  const std::size_t count = started_.load();
  for (std::size_t i = 0; i < count; ++i) {
    if (workers_[i].get() == &self) continue;
    if (job* const stolen = workers_[i]->jobs.steal()) {
      injected_.balance(free_closures::of_this_thread());  // Thieves run what others have made.
      return stolen;
    }
  }
  return nullptr;
}

bool pool_core::has_work() const noexcept {
  if (!injected_.empty()) return true;
  const std::size_t count = started_.load();
  for (std::size_t i = 0; i < count; ++i) {
    if (!workers_[i]->jobs.empty()) return true;
  }
  return false;
}

void pool_core::run(worker& self, job& work) noexcept {
  try {
    work.run();
  } catch (...) {
    const lock_guard lock(guard_);
    if (first_error_ == nullptr) first_error_ = std::current_exception();
  }
  self.count_done();
}

void pool_core::close() noexcept {
  injected_.close();
  {
    const lock_guard lock(parking_);
    closed_ = true;
  }
  while (worker* const each = unpark()) {
    state_.fetch_add(one_active + one_searching);
    each->wake();
  }
}

void pool_core::drop_queued(const std::exception_ptr& why) noexcept {
  job_list dropped = injected_.take_all();
  const std::size_t count = started_.load();
  for (std::size_t i = 0; i < count; ++i) {
    while (job* const stolen = workers_[i]->jobs.steal()) dropped.push_back(*stolen);
  }
  const std::size_t total = dropped.size();
  while (job* const each = dropped.pop_front()) each->drop(why);
  gone_.fetch_add(total, std::memory_order_release);  // Partner: the acquire in all_done.
  tell_waiters();
}

void pool_core::wait_idle() {
  if (runs_here()) throw std::logic_error("wait_idle called from a task of the same executor");
  unique_lock lock(guard_);
  // Acquire and release: either the last worker to park finds the waiter in state_, or this finds
  // what that worker has counted.
  state_.fetch_add(one_waiter, std::memory_order_acq_rel);
  idle_.wait(lock, [this] { return all_done(); });
  state_.fetch_sub(one_waiter, std::memory_order_relaxed);
  if (first_error_ != nullptr) std::rethrow_exception(std::exchange(first_error_, nullptr));
}

// Both counts only grow, and no job is done before it is posted. So if the number done, read first,
// equals the number posted, read after it, then no job was open in between.
bool pool_core::all_done() const noexcept {
  std::uint64_t done = gone_.load(std::memory_order_acquire);
  for (const auto& each : workers_) done += each->done();
  std::uint64_t posted = injected_.added();
  for (const auto& each : workers_) posted += each->posted();
  return done == posted;
}

void pool_core::tell_waiters() noexcept {
  if (!all_done()) return;
  // Under the lock: a waiter is either before its check, or sleeps.
  const lock_guard lock(guard_);
  idle_.notify_all();
}

}  // namespace par::inline PAR_ABI::detail
