#include "par/locks/barrier.h"

#include <utility>

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI {

// A round is the threads in the list. To give up and to break the barrier are one step under the
// guard, so the list never has a gap and its length is the next thread's index.

struct barrier::arrival {
  enum { refused, waits, last } as;
  std::size_t index = 0;
  detail::waiter* others = nullptr;  // For the last: whom it has to wake.
};

barrier::barrier(std::size_t parties, unique_function<void()> action)
    : parties_(parties), action_(std::move(action)) {
  if (parties == 0) throw std::invalid_argument("barrier: 0 parties");
}

std::size_t barrier::wait() {
  const auto index = wait_until(deadline::never());
  if (!index) throw broken_barrier();
  return *index;
}

expected<std::size_t, barrier_errc> barrier::try_wait() {
  detail::waiter nobody;
  const arrival here = arrive(nobody, false);
  if (here.as == arrival::refused) return unexpected(barrier_errc::broken);
  if (here.as == arrival::waits) return unexpected(barrier_errc::incomplete);
  complete(here.others);
  return here.index;
}

expected<std::size_t, barrier_errc> barrier::wait_until(deadline until,
                                                        const std::stop_token& stop) {
  detail::waiter self;
  const arrival here = arrive(self, true);
  if (here.as == arrival::refused) return unexpected(barrier_errc::broken);
  if (here.as == arrival::last) {
    complete(here.others);
    return here.index;
  }
  switch (waiters_.sleep(self, until, stop, [&] { return break_for(self); })) {
    case detail::wake_reason::chosen:
      return here.index;
    case detail::wake_reason::timed_out:
      return unexpected(barrier_errc::timeout);
    case detail::wake_reason::stopped:
      return unexpected(barrier_errc::stopped);
    default:
      return unexpected(barrier_errc::broken);
  }
}

barrier::arrival barrier::arrive(detail::waiter& self, bool may_wait) {
  const lock_guard lock(waiters_.guard);
  if (broken_) return {.as = arrival::refused};
  const std::size_t index = waiters_.size();
  if (index + 1 == parties_) {
    return {.as = arrival::last, .index = index, .others = waiters_.choose_all()};
  }
  if (may_wait) waiters_.enlist(self);
  return {.as = arrival::waits, .index = index};
}

// Waking the others is the last thing: see the header on destruction.
void barrier::complete(detail::waiter* others) {
  try {
    if (action_) action_();
  } catch (...) {
    abort();
    detail::wait_list::wake(others, detail::wake_reason::broken);
    throw;
  }
  detail::wait_list::wake(others);
}

bool barrier::break_for(detail::waiter& self) {
  detail::waiter* others = nullptr;
  {
    const lock_guard lock(waiters_.guard);
    if (!waiters_.remove(self)) return false;
    broken_ = true;
    others = waiters_.choose_all();
  }
  detail::wait_list::wake(others, detail::wake_reason::broken);
  return true;
}

void barrier::release_broken(bool stays_broken) {
  detail::waiter* others = nullptr;
  {
    const lock_guard lock(waiters_.guard);
    broken_ = stays_broken;
    others = waiters_.choose_all();
  }
  detail::wait_list::wake(others, detail::wake_reason::broken);
}

void barrier::abort() {
  release_broken(true);
}

void barrier::reset() {
  release_broken(false);
}

std::size_t barrier::waiting() const {
  const lock_guard lock(waiters_.guard);
  return waiters_.size();
}

bool barrier::broken() const {
  const lock_guard lock(waiters_.guard);
  return broken_;
}

}  // namespace par::inline PAR_ABI
