#include "model/robust_lock.h"

#include "model/execution.h"

namespace par::inline PAR_ABI::detail {

std::optional<left_by> robust_lock::try_lock() {
  std::uint32_t was = state_.load();
  if (was == owned || !state_.compare_exchange_strong(was, owned)) return std::nullopt;
  if (auto* const here = model::execution::current()) {
    here->on_vanishing(this, [this] { leave(abandoned); });
  }
  return was == abandoned ? left_by::a_dead_owner : left_by::its_owner;
}

std::optional<left_by> robust_lock::lock_until(deadline until) {
  for (bool in_time = true;;) {
    if (const auto taken = try_lock()) return taken;
    if (!in_time) return std::nullopt;
    in_time = futex_wait_shared(state_, owned, until);
  }
}

void robust_lock::unlock() noexcept {
  leave(free);
}

void robust_lock::leave(state as) noexcept {
  futex_change_shared(state_, word_change::set, as);
  if (auto* const here = model::execution::current()) here->off(this);
}

}  // namespace par::inline PAR_ABI::detail
