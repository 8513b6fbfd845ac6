#include "pool_inbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "../system_call.h"
#include "par/locks/lock_guard.h"
#include "par/pools/executor.h"

namespace par::inline PAR_ABI::detail {

pool_inbox::pool_inbox()
    : bell_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "make an eventfd")) {}

void pool_inbox::post(std::unique_ptr<pool_task> task) {
  {
    const lock_guard lock(guard_);
    if (broken_ != nullptr) std::rethrow_exception(broken_);
    if (end_ != ending::none) throw executor_closed();
    tasks_.push_back(std::move(task));
  }
  ring();
}

void pool_inbox::end(ending how) {
  {
    const lock_guard lock(guard_);
    end_ = std::max(end_, how);
  }
  ring();
}

pool_inbox::ending pool_inbox::how_to_end() const {
  const lock_guard lock(guard_);
  return end_;
}

bool pool_inbox::take(contents& into) {
  const lock_guard lock(guard_);
  into.end = end_;
  into.tasks.swap(tasks_);
  return !into.tasks.empty();
}

bool pool_inbox::waiting(ending seen) const {
  const lock_guard lock(guard_);
  return !tasks_.empty() || end_ != seen;
}

void pool_inbox::break_with(std::exception_ptr why) {
  const lock_guard lock(guard_);
  broken_ = std::move(why);
}

// Only where somebody sleeps. The lock before it orders the two: the pool's thread has seen what
// came, or is seen to sleep.
void pool_inbox::ring() noexcept {
  if (!sleeps_.load() || !sleeps_.exchange(false)) return;
  const std::uint64_t one = 1;
  static_cast<void>(::write(bell_.get(), &one, sizeof one));
}

void pool_inbox::silence() noexcept {
  std::uint64_t rung = 0;
  static_cast<void>(::read(bell_.get(), &rung, sizeof rung));  // Fails if it was not.
}

}  // namespace par::inline PAR_ABI::detail
