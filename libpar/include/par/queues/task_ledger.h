// How many items of a queue were marked as done, and a place to wait until all are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "par/base/sync.h"
#include "par/queues/gate.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::detail {

// Keeps no count of what was put: each call is given a function puts() that tells it, so that those
// who never ask pay nothing. puts() never becomes less than was done.
class task_ledger {
 public:
  // Throws std::logic_error if as many are marked as were put.
  template <class Puts>
  void mark_one(const Puts& puts) {
    if (mark(puts, 1) == 0) refuse();
  }

  // Marks up to `count`, no more than were put; returns how many.
  template <class Puts>
  std::uint64_t mark(const Puts& puts, std::uint64_t count) {
    // Relaxed, also on failure: a guess, which the exchange confirms.
    std::uint64_t done = done_.load(std::memory_order_relaxed);
    std::uint64_t marked = 0;
    do {
      marked = std::min(count, at_least(done + count, puts) - done);
    } while (!done_.compare_exchange_strong(done, done + marked, std::memory_order_seq_cst,
                                            std::memory_order_relaxed));
    joiners_.notify_all_if([&] { return done_.load() == puts(); });
    return marked;
  }

  template <class Puts>
  std::optional<queue_errc> wait_for_all(const Puts& puts, const patience& limits) {
    const auto ready = [&] { return done_.load() == puts(); };
    if (ready()) return std::nullopt;
    if (!limits.waits) return queue_errc::timeout;
    return gate::watch(joiners_, ready).wait(limits);
  }

  // To be called after puts() may have become smaller.
  void look_again() noexcept { joiners_.notify_all(); }

 private:
  [[noreturn]] static void refuse();

  // How many were put, asked again only if those known of are fewer than needed: where puts() looks
  // is written to by every put.
  template <class Puts>
  std::uint64_t at_least(std::uint64_t needed, const Puts& puts) {
    // Relaxed both: any number that puts() ever gave is true for good.
    std::uint64_t known = known_puts_.load(std::memory_order_relaxed);
    if (known < needed) known_puts_.store(known = puts(), std::memory_order_relaxed);
    return known;
  }

  alignas(64) atomic<std::uint64_t> done_{0};
  atomic<std::uint64_t> known_puts_{0};
  gate joiners_;
};

}  // namespace par::inline PAR_ABI::detail
