// What a pool keeps for each of its threads.
#pragma once

#include <cstdint>

#include "par/base/sync.h"
#include "pool_core.h"
#include "steal_deque.h"

namespace par::inline PAR_ABI::detail {

struct pool_core::worker {
  // Queues a job of the worker's own. Throws std::bad_alloc, and has done nothing then.
  void post(job& added) {
    jobs.make_room();
    // Counted first: a thief may be done with it at once. By the worker alone, here and below,
    // hence no read-modify-write. Release: partner of the acquires.
    posted_.store(posted_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    push(added);
  }
  void count_done() noexcept {
    done_.store(done_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }
  [[nodiscard]] std::uint64_t posted() const noexcept {
    return posted_.load(std::memory_order_acquire);
  }
  [[nodiscard]] std::uint64_t done() const noexcept {
    return done_.load(std::memory_order_acquire);
  }

  // REQUIRES room. What a forked call forks is marked as its own: it waits for that.
  void push(job& added) noexcept { jobs.push(added, added.forked_ ? call : nullptr); }

  // REQUIRES of sleep: parked. Of wake: unparked by the caller.
  void sleep() noexcept {
    // Acquire: partner of the release in wake.
    while (awake_.load(std::memory_order_acquire) == 0) futex_wait(awake_, 0);
  }
  void wake() noexcept {
    awake_.store(1, std::memory_order_release);
    futex_wake(awake_, 1);
  }
  void before_parking() noexcept { awake_.store(0, std::memory_order_relaxed); }

  steal_deque jobs;
  const forked_call* call = nullptr;  // The innermost that it runs. Its own thread's only.
  worker* parked_before = nullptr;    // Guarded by the pool's parking_.

 private:
  alignas(64) atomic<std::uint64_t> posted_{0};
  atomic<std::uint64_t> done_{0};
  atomic<std::uint32_t> awake_{0};
};

}  // namespace par::inline PAR_ABI::detail
