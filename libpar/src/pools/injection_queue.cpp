#include "injection_queue.h"

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A worker hands its used closures over when it has this many.
constexpr std::size_t handed_over_at_once = 32;

}  // namespace

bool injection_queue::push(job& added) {
  free_closures& mine = free_closures::of_this_thread();
  const lock_guard lock(guard_);
  if (closed_) return false;
  jobs_.push_back(added);
  note(1);
  if (mine.size() == 0) mine.take_from(free_);
  return true;
}

bool injection_queue::push(job_list& added) {
  free_closures& mine = free_closures::of_this_thread();
  const lock_guard lock(guard_);
  if (closed_) return false;
  const std::size_t count = added.size();
  jobs_.append(added);
  note(count);
  if (mine.size() == 0) mine.take_from(free_);
  return true;
}

void injection_queue::note(std::size_t count) {
  // Written under the lock only. Release: partner of the acquire in added.
  added_.store(added_.load(std::memory_order_relaxed) + count, std::memory_order_release);
  size_.store(jobs_.size());
}

job* injection_queue::pop() noexcept {
  if (empty()) return nullptr;
  free_closures& mine = free_closures::of_this_thread();
  const lock_guard lock(guard_);
  job* const taken = jobs_.pop_front();
  size_.store(jobs_.size(), std::memory_order_relaxed);  // Nobody sleeps on there being less.
  if (mine.size() >= handed_over_at_once) free_.take_from(mine);
  return taken;
}

bool injection_queue::remove(job& which) noexcept {
  const lock_guard lock(guard_);
  if (!job_list::listed(which)) return false;
  jobs_.remove(which);
  size_.store(jobs_.size(), std::memory_order_relaxed);
  return true;
}

void injection_queue::close() noexcept {
  const lock_guard lock(guard_);
  closed_ = true;
}

job_list injection_queue::take_all() noexcept {
  job_list all;
  const lock_guard lock(guard_);
  all.append(jobs_);
  size_.store(0, std::memory_order_relaxed);
  return all;
}

}  // namespace par::inline PAR_ABI::detail
