// Waking the other side of a channel, and only where it sleeps.
//
// Who is about to sleep says so, then looks once more; who has published something looks whether
// the other one sleeps. All four accesses are sequentially consistent, so one of the two sees the
// other.
#pragma once

#include "channel.h"

namespace par::inline PAR_ABI::detail {

// In the worker: sleeps until rung, unless something_to_do() says true. May return early.
template <class Predicate>
void sleep_unless(channel_words& words, Predicate something_to_do);

void wake_worker(channel_words& words) noexcept;

// In the worker: true if the pool sleeps, and nobody else wakes it.
[[nodiscard]] inline bool must_wake_pool(channel_words& words) noexcept {
  return words.pool_sleeps.load() != 0 && words.pool_sleeps.exchange(0) != 0;
}

void sleep_on(atomic<std::uint32_t>& bell) noexcept;  // While it is 1.

template <class Predicate>
void sleep_unless(channel_words& words, Predicate something_to_do) {
  words.worker_sleeps.store(1);
  if (!something_to_do()) sleep_on(words.worker_sleeps);
  words.worker_sleeps.store(0, std::memory_order_relaxed);  // A wake too many does no harm.
}

}  // namespace par::inline PAR_ABI::detail
