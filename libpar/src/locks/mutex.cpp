#include "par/locks/mutex.h"

#include <system_error>
#include <thread>

#include "spin.h"

namespace par::inline PAR_ABI {
namespace {

// Between a thread that waits for a lock and the request that it stop.
enum phase : std::uint32_t { waiting, asked, over };

}  // namespace

// Having slept, a thread cannot know whether it was the only sleeper, so it takes the lock as
// `contended`: at worst one wake-up too many, never one too few.
bool mutex::take_as_contended() noexcept {
  // Acquire: partner of the release in unlock.
  return state_.exchange(contended, std::memory_order_acquire) == unlocked;
}

// The look before the exchange leaves the cache line where it is. Relaxed: try_lock decides.
bool mutex::spin() noexcept {
  return detail::spin_with_backoff(
      [&] { return state_.load(std::memory_order_relaxed) == unlocked && try_lock(); });
}

bool mutex::lock_contended(deadline until) noexcept {
  if (spin()) return true;
  while (!take_as_contended()) {
    // When the time is up the lock may have become free in the same moment.
    if (!detail::futex_wait(state_, contended, until)) return take_as_contended();
  }
  return true;
}

// A stop changes nothing in state_, so a wake-up may come just before the sleep that it should end.
// The callback therefore repeats it until the sleeper has answered; others woken by it look at the
// lock and sleep again. A thread that gives up has tried last of all, so it takes no wake-up from
// the others.
bool mutex::lock_stoppable(deadline until, const std::stop_token& stop) {
  if (spin()) return true;
  detail::atomic<std::uint32_t> phase{waiting};
  const std::stop_callback ask(stop, [&, sleeper = std::this_thread::get_id()] {
    std::uint32_t was = waiting;
    if (!phase.compare_exchange_strong(was, asked, std::memory_order_seq_cst,
                                       std::memory_order_seq_cst)) {
      return;
    }
    if (std::this_thread::get_id() == sleeper) return;  // Requested before the wait.
    while (phase.load() == asked) {
      detail::futex_wake_all(state_);
      detail::futex_wait(phase, asked, deadline::in(std::chrono::milliseconds(1)));
    }
  });
  bool in_time = true;
  bool taken = take_as_contended();
  while (!taken && in_time && phase.load() == waiting) {
    in_time = detail::futex_wait(state_, contended, until);
    taken = take_as_contended();
  }
  if (phase.exchange(over) == asked) detail::futex_wake_all(phase);
  return taken;
}

void mutex::unlock_slow(std::uint32_t was) {
  if (was == contended) {
    detail::futex_wake(state_, 1);
    return;
  }
  throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                          "mutex: unlocked while nobody held it");
}

}  // namespace par::inline PAR_ABI
