#include "injection_queue.h"

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A worker hands its used closures over when it has this many.
constexpr std::size_t handed_over_at_once = 32;

}  // namespace

bool injection_queue::push(job& added) {
  const lock_guard lock(incoming_guard_);
  if (closed_) return false;
  incoming_.push_back(added);
  note(1);
  return true;
}

bool injection_queue::push(job_list& added) {
  const lock_guard lock(incoming_guard_);
  if (closed_) return false;
  const std::size_t count = added.size();
  incoming_.append(added);
  note(count);
  return true;
}

void injection_queue::note(std::size_t count) noexcept {
  // Both written under the lock only. Release: partner of the acquire in added.
  added_.store(added_.load(std::memory_order_relaxed) + count, std::memory_order_release);
  if (!has_incoming_.load(std::memory_order_relaxed)) has_incoming_.store(true);
}

job* injection_queue::pop() noexcept {
  // In this order, since those who post write has_incoming_. A hint: has_work decides.
  if (leaving_size_.load(std::memory_order_relaxed) == 0 && empty()) return nullptr;
  const lock_guard lock(leaving_guard_);
  if (leaving_.empty()) let_in();
  job* const taken = leaving_.pop_front();
  // Relaxed: nobody sleeps on there being less.
  leaving_size_.store(leaving_.size(), std::memory_order_relaxed);
  return taken;
}

void injection_queue::let_in() noexcept {
  free_closures& mine = free_closures::of_this_thread();
  const lock_guard lock(incoming_guard_);
  leaving_.append(incoming_);
  leaving_size_.store(leaving_.size());
  has_incoming_.store(false);
  if (mine.size() >= handed_over_at_once) free_.take_from(mine);
}

void injection_queue::balance(free_closures& mine) noexcept {
  if (mine.size() > 0 && mine.size() < handed_over_at_once) return;
  const lock_guard lock(incoming_guard_);
  mine.size() == 0 ? mine.take_from(free_) : free_.take_from(mine);
}

bool injection_queue::remove(job& which) noexcept {
  const lock_guard lock(leaving_guard_);
  let_in();
  if (!job_list::listed(which)) return false;
  leaving_.remove(which);
  leaving_size_.store(leaving_.size(), std::memory_order_relaxed);
  return true;
}

void injection_queue::close() noexcept {
  const lock_guard lock(incoming_guard_);
  closed_ = true;
}

job_list injection_queue::take_all() noexcept {
  job_list all;
  const lock_guard lock(leaving_guard_);
  let_in();
  all.append(leaving_);
  leaving_size_.store(0, std::memory_order_relaxed);
  return all;
}

}  // namespace par::inline PAR_ABI::detail
