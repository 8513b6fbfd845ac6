// What processes wait for at a ring of messages, and how it is closed.
#include <algorithm>

#include "message_ring.h"
#include "robust_guard.h"
#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {
namespace {

#ifdef PAR_MODEL
constexpr int spins = 1;  // More rounds would show nothing new.
#else
constexpr int spins = 1000;  // 10-20 us: what it costs to put a process to sleep and wake it.
#endif

// Pays only while nobody sleeps there already: then what is waited for is likely under way on
// another processor. Looks less and less often, since each look takes a cache line from there.
template <class Ready>
bool spin(const tally& word, const Ready& ready) {
  constexpr int longest_pause = 8;
  int left = spins;
  for (int pauses = 1; left > 0 && !word.load().awaited();) {
    if (ready()) return true;
    for (int each = 0; each < pauses; ++each) spin_pause();
    left -= pauses;
    pauses = std::min(2 * pauses, longest_pause);
  }
  return false;
}

}  // namespace

template <class Ready>
std::optional<queue_errc> message_ring::wait(tally& word, const patience& limits,
                                             const Ready& ready) {
  if (spin(word, ready)) return std::nullopt;
  std::optional<shared_sleep> stoppable;
  if (limits.stop != nullptr) stoppable.emplace(word.word(), *limits.stop);
  for (bool in_time = true;;) {
    const tally::value seen = word.load();
    if (ready()) return std::nullopt;
    if (!in_time) return queue_errc::timeout;
    if (stoppable && stoppable->stopped()) return queue_errc::stopped;
    const std::optional<std::uint32_t> expected = word.await_change(seen);
    if (!expected) continue;
    ipc_step("queue.wait.announced");
    in_time = stoppable ? stoppable->sleep(*expected, limits.until)
                        : futex_wait_shared(word.word(), *expected, limits.until);
  }
}

std::optional<queue_errc> message_ring::put(std::span<const std::byte> message,
                                            const patience& limits) {
  const std::uint64_t record = record_of(message.size());
  const auto ready = [&] {
    const ring_side::place head = state_.takes.look();
    return head.when.has(tally::closed) || has_room(record, state_.puts.look(), head);
  };
  for (;;) {
    const std::optional<queue_errc> why = put_now(message, limits.until);
    if (why != queue_errc::full || !limits.waits) return why;
    if (const auto given_up = wait(state_.takes.counted, limits, ready)) return given_up;
    finish_closing();
  }
}

std::optional<queue_errc> message_ring::get(receiver take, const patience& limits) {
  const auto ready = [&] {
    const tally::value puts = state_.puts.counted.load();
    return puts.has(tally::closed) || puts.count() != state_.takes.counted.load().count();
  };
  for (;;) {
    const std::optional<queue_errc> why = get_now(take, limits.until);
    if (why == queue_errc::closed) finish_closing();
    if (why != queue_errc::empty || !limits.waits) return why;
    if (const auto given_up = wait(state_.puts.counted, limits, ready)) return given_up;
  }
}

// The puts are marked last: theirs is the mark that counts. The others tell those who sleep there,
// who would otherwise sleep on if the closer were killed in the middle; they then do the rest.
void message_ring::finish_closing(std::uint32_t marks) {
  tally* const all[] = {&state_.takes.counted, &state_.done, &state_.puts.counted};
  const std::uint32_t first = all[0]->load().marks();
  if (marks == 0 && first == all[2]->load().marks()) return;
  const robust_guard no_puts(state_.puts.lock);
  const robust_guard no_takes(state_.takes.lock);
  const robust_guard no_marks(state_.done_lock);
  marks |= all[0]->load().marks();
  for (tally* const each : all) {
    each->set(marks);
    ipc_step("queue.close.marked");
  }
}

void message_ring::close(close_mode mode) {
  finish_closing(mode == close_mode::immediate ? tally::closed | tally::dropped : tally::closed);
}

// What was dropped counts as done. More may be marked than was taken: somebody marks in the stead
// of a taker that died, who may have taken nothing.
std::uint32_t message_ring::unfinished(tally::value puts) const noexcept {
  const tally::value all = puts.has(tally::dropped) ? state_.takes.counted.load() : puts;
  const std::uint32_t left = all.ahead_of(state_.done.load());
  return left <= tally::modulus / 2 ? left : 0;
}

bool message_ring::mark_done() {
  const robust_guard guard(state_.done_lock);
  ipc_step("queue.task_done.locked");
  const std::uint32_t left = unfinished(state_.puts.counted.load());
  if (left == 0) return false;
  if (left == 1) {
    state_.done.count_one();
  } else {
    state_.done.count_one_quietly();
  }
  ipc_step("queue.task_done.counted");
  return true;
}

std::optional<queue_errc> message_ring::join(const patience& limits) {
  const auto ready = [&] {
    const tally::value puts = state_.puts.counted.load();
    return state_.done.load().marks() != puts.marks() || unfinished(puts) == 0;
  };
  while (unfinished(state_.puts.counted.load()) != 0) {
    if (!limits.waits) return queue_errc::timeout;
    if (const auto given_up = wait(state_.done, limits, ready)) return given_up;
    finish_closing();
  }
  return std::nullopt;
}

}  // namespace par::inline PAR_ABI::detail
