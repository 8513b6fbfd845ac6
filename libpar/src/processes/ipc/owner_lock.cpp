#include "owner_lock.h"

#include "../../locks/spin.h"
#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {
namespace {

std::uint32_t low(std::uint64_t word) noexcept {
  return static_cast<std::uint32_t>(word);
}

std::uint64_t mine() noexcept {
  const process_id me = this_process_id();
  return std::uint64_t{me.started} << 32 | me.number;
}

// A look costs as much as hundreds of attempts.
bool is_time_to_look(const owner_lock* at) noexcept {
  thread_local const owner_lock* last = nullptr;
  thread_local deadline next = deadline::never();
  if (at == last && !next.passed()) return false;
  last = at;
  next = deadline::in(watch_span);
  return true;
}

}  // namespace

process_id owner_lock::holder_in(std::uint64_t word) noexcept {
  return {.number = low(word) & number_bits, .started = static_cast<std::uint32_t>(word >> 32)};
}

// Relaxed: only compared with the caller's own, which no other process writes.
bool owner_lock::is_mine() const noexcept {
  return (word_.load(std::memory_order_relaxed) & ~std::uint64_t{awaited}) == mine();
}

bool owner_lock::take(std::uint64_t& seen, std::uint32_t flags) noexcept {
  // Acquire: partner of the release in unlock. What a holder that died has written is seen because
  // the kernel tells of its end.
  return word_.compare_exchange_strong(seen, mine() | flags, std::memory_order_acquire,
                                       std::memory_order_relaxed);
}

owner_lock::attempt owner_lock::try_lock(if_abandoned what) noexcept {
  std::uint64_t seen = 0;
  if (take(seen, 0)) return {outcome::taken};
  if ((seen & abandoned) == 0) return {};
  const auto died = static_cast<pid_t>(holder_in(seen).number);
  if (what == if_abandoned::leave) return {outcome::abandoned, died};
  if (!take(seen, low(seen) & awaited)) return {};
  return {outcome::mended, died};
}

owner_lock::attempt owner_lock::try_lock_and_watch(if_abandoned what) noexcept {
  const attempt tried = try_lock(what);
  if (tried.how != outcome::gave_up || !is_time_to_look(this)) return tried;
  const std::uint64_t seen = word_.load(std::memory_order_relaxed);  // The exchange decides.
  if (low(seen) == 0 || !process_watch().has_ended(holder_in(seen))) return tried;
  abandon(seen);
  return try_lock(what);
}

owner_lock::attempt owner_lock::lock(if_abandoned what, deadline until,
                                     const std::stop_token& stop) {
  ipc_step("owner_lock.lock.before_take");
  std::uint64_t seen = 0;
  if (take(seen, 0)) {
    ipc_step("owner_lock.lock.taken");
    return {outcome::taken};
  }
  attempt tried;
  // The look before the exchange leaves the cache line where it is. Relaxed: try_lock decides.
  const auto settled = [&] {
    seen = word_.load(std::memory_order_relaxed);
    if (low(seen) != 0 && (seen & abandoned) == 0) return false;
    tried = try_lock(what);
    return tried.how != outcome::gave_up;
  };
  return spin_with_backoff(settled) ? tried : lock_contended(what, until, stop);
}

// Having slept, one cannot know whether others sleep too, so it takes the lock as awaited: at worst
// one wake-up too many.
owner_lock::attempt owner_lock::lock_contended(if_abandoned what, deadline until,
                                               const std::stop_token& stop) {
  shared_sleep nap(low_half(word_), stop);
  process_watch watch;
  bool last = false;
  for (;;) {
    std::uint64_t seen = word_.load(std::memory_order_relaxed);  // The exchanges decide.
    const pid_t died = (seen & abandoned) == 0 ? 0 : static_cast<pid_t>(holder_in(seen).number);
    if (died != 0 && what == if_abandoned::leave) return {outcome::abandoned, died};
    if (died != 0 || low(seen) == 0) {
      if (!take(seen, awaited)) continue;
      ipc_step("owner_lock.lock.taken");
      return {died != 0 ? outcome::mended : outcome::taken, died};
    }
    if (last) return {};
    if ((seen & awaited) == 0 &&
        !word_.compare_exchange_strong(seen, seen | awaited, std::memory_order_relaxed,
                                       std::memory_order_relaxed)) {
      continue;
    }
    ipc_step("owner_lock.lock.before_sleep");
    const bool woken = nap.sleep(low(seen) | awaited, next_look(until));
    ipc_step("owner_lock.lock.after_sleep");
    if (!woken && watch.has_ended(holder_in(seen))) abandon(seen | awaited);
    last = nap.stopped() || until.passed();
  }
}

void owner_lock::abandon(std::uint64_t seen) noexcept {
  if (word_.compare_exchange_strong(seen, seen | abandoned)) futex_wake_all_shared(low_half(word_));
}

void owner_lock::unlock() noexcept {
  ipc_step("owner_lock.unlock.before_free");
  // Release: partner of the acquire in take.
  const std::uint64_t was = word_.exchange(0, std::memory_order_release);
  ipc_step("owner_lock.unlock.before_wake");
  if ((was & awaited) != 0) futex_wake_shared(low_half(word_), 1);
}

}  // namespace par::inline PAR_ABI::detail
