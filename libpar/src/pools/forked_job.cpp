#include "par/pools/forked_job.h"

#include "par/pools/blocking_scope.h"
#include "spin.h"

namespace par::inline PAR_ABI::detail {

void forked_call::fork(executor& on) noexcept {
  try {
    on.post_job(*this);
  } catch (...) {  // It has been dropped, then.
  }
}

void forked_call::join(executor& on) noexcept {
  // Acquire: partner of the release in end.
  std::uint32_t seen = state_.load(std::memory_order_acquire);
  if (seen == forked) seen = on.take_back(*this) ? std::uint32_t{dropped} : wait();
  if (seen == dropped) call_here();
}

void forked_call::run() {
  task_host* const host = this_task_host();
  const forked_call* const outer = host != nullptr ? host->run_call(this) : nullptr;
  call_here();
  if (host != nullptr) host->run_call(outer);
  end(called);
}

void forked_call::drop(std::exception_ptr) noexcept {
  end(dropped);
}

void forked_call::call_here() noexcept {
  try {
    call();
  } catch (...) {
    error_ = std::current_exception();
  }
}

void forked_call::end(std::uint32_t how) noexcept {
  // Release: partner of the acquires in join and wait. From here on the job may be gone; the futex
  // is used for its address only.
  if (state_.exchange(how, std::memory_order_release) == awaited) futex_wake(state_, 1);
}

// First with work of the awaited call itself. That is safe whatever locks the waiter holds: the
// call waits for it too, so it would be waited for here in any case. Leapfrogging: Wagner and
// Calder, "Leapfrogging: A Portable Technique for Implementing Efficient Futures" (PPoPP 1993).
std::uint32_t forked_call::wait() noexcept {
  task_host* const host = this_task_host();
  for (int idle = 0; idle < spins_before_sleep; ++idle) {
    // Acquire: partner of the release in end.
    const std::uint32_t seen = state_.load(std::memory_order_acquire);
    if (seen != forked) return seen;
    if (host != nullptr && host->help(*this))
      idle = 0;
    else
      spin_pause();
  }
  return sleep();
}

std::uint32_t forked_call::sleep() noexcept {
  const blocking_scope blocking;
  std::uint32_t seen = forked;
  if (!state_.compare_exchange_strong(seen, awaited, std::memory_order_acquire,
                                      std::memory_order_acquire)) {
    return seen;
  }
  do {
    futex_wait(state_, awaited);
    seen = state_.load(std::memory_order_acquire);
  } while (seen == awaited);
  return seen;
}

}  // namespace par::inline PAR_ABI::detail
