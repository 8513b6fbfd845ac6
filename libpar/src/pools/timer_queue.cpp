#include "timer_queue.h"

#include <pthread.h>

#include <new>
#include <system_error>

#include "handle_thread_exception.h"
#include "par/locks/lock_guard.h"
#include "par/pools/thread.h"

namespace par::inline PAR_ABI::detail {
namespace {

thread_local const timer_entry* in_call_of = nullptr;

}  // namespace

timer_queue& timer_queue::instance() {
  static auto& queue = *new timer_queue;
  return queue;
}

timer_queue::timer_queue() {
  if (pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child) != 0) {
    throw std::system_error(std::make_error_code(std::errc::not_enough_memory), "timer queue");
  }
}

bool timer_queue::calls_now(const timer_entry& entry) noexcept {
  return in_call_of == &entry;
}

void timer_queue::add(deadline when, const std::shared_ptr<timer_entry>& entry) {
  bool needs_thread = false;
  {
    const lock_guard lock(guard_);
    entry->at = {when.time(), ++last_number_};
    pending_.emplace(entry->at, entry);
    needs_thread = !std::exchange(has_thread_, true);
  }
  changed_.notify_one();
  if (!needs_thread) return;
  try {
    thread({.name = "timer", .daemon = true}, [this] { run(); }).detach();
  } catch (...) {
    forget(*entry);
    const lock_guard lock(guard_);
    has_thread_ = false;  // The next one tries again, also for those that came meanwhile.
    throw;
  }
}

bool timer_queue::forget(const timer_entry& entry) {
  const lock_guard lock(guard_);
  return pending_.erase(entry.at) > 0;
}

bool timer_queue::cancel(timer_entry& entry) {
  if (!forget(entry)) return false;
  changed_.notify_one();  // It may have been the last.
  entry.call.reset();
  {
    const lock_guard lock(guard_);
    entry.now = timer_entry::finished;
  }
  entry.over.set();
  return true;
}

bool timer_queue::is_over(const timer_entry& entry) {
  const lock_guard lock(guard_);
  return entry.now == timer_entry::finished;
}

void timer_queue::run() {
  while (const std::shared_ptr<timer_entry> entry = next_due()) call(*entry);
}

std::shared_ptr<timer_entry> timer_queue::next_due() {
  unique_lock lock(guard_);
  called_ = nullptr;
  while (!pending_.empty()) {
    const auto first = pending_.begin();
    const auto when = first->first.first;
    if (when <= deadline::clock::now()) {
      called_ = std::move(first->second);
      called_->now = timer_entry::called;
      pending_.erase(first);
      return called_;
    }
    changed_.wait_until(lock, deadline::at(when));
  }
  has_thread_ = false;
  return nullptr;
}

void timer_queue::call(timer_entry& entry) {
  in_call_of = &entry;
  try {
    entry.call();
  } catch (...) {
    handle_thread_exception(thread::current());
  }
  entry.call.reset();
  in_call_of = nullptr;
  {
    const lock_guard lock(guard_);
    entry.now = timer_entry::finished;
  }
  entry.over.set();
}

// As in thread_registry: the lock is held over the fork. A lost thread may have been inside the
// condition variable, so the child begins with a new one; the events of lost timers are not used.

void timer_queue::before_fork() noexcept PAR_NO_THREAD_SAFETY_ANALYSIS {
  instance().guard_.lock();
}

void timer_queue::after_fork_in_parent() noexcept PAR_NO_THREAD_SAFETY_ANALYSIS {
  instance().guard_.unlock();
}

// Destroying a caller's function does not throw, or ends the process.
// NOLINTNEXTLINE(bugprone-exception-escape)
void timer_queue::after_fork_in_child() noexcept PAR_NO_THREAD_SAFETY_ANALYSIS {
  timer_queue& self = instance();
  for (const auto& each : self.pending_) each.second->now = timer_entry::finished;
  if (self.called_ != nullptr) self.called_->now = timer_entry::finished;
  self.pending_.clear();
  self.has_thread_ = false;
  new (&self.changed_) condition_variable;
  self.guard_.unlock();
}

}  // namespace par::inline PAR_ABI::detail
