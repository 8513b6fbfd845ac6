#include "par/pools/completions.h"

#include <algorithm>
#include <vector>

#include "par/base/thread_safety.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/pools/blocking_scope.h"

namespace par::inline PAR_ABI::detail {

// Where each state writes down that it is done.
struct completions::board {
  struct entry final : watcher {
    entry(board& owner, future_state& state, std::size_t place)
        : on(owner), of(state), index(place) {}
    void completed() noexcept override { on.add(*this); }

    board& on;
    future_state& of;
    const std::size_t index;
    bool told = false;  // Guarded by guard. The state may be gone once its place has been given.
  };

  // Elsewhere, more entries may be made at the same time.
  void add(entry& which) noexcept {
    // Notified under the lock: afterwards the board may be gone.
    const lock_guard lock(guard);
    done.push_back(which.index);  // Has room for all.
    which.told = true;
    changed.notify_one();
  }

  [[nodiscard]] bool has_next() const PAR_REQUIRES(guard) { return given < done.size(); }

  std::optional<std::size_t> try_next() {
    const lock_guard lock(guard);
    if (!has_next()) return std::nullopt;
    return done[given++];
  }

  bool is_told(const entry& which) {
    const lock_guard lock(guard);
    return which.told;
  }

  // False: all have begun.
  bool run_one() {
    return std::any_of(entries.begin(), entries.end(),
                       [this](entry& each) { return !is_told(each) && each.of.run_if_queued(); });
  }

  std::optional<std::size_t> wait_for_next(deadline until, const std::stop_token& stop) {
    const blocking_scope blocking;
    unique_lock lock(guard);
    const auto ready = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return has_next(); };
    if (!changed.wait_until(lock, stop, until, ready)) return std::nullopt;
    return done[given++];
  }

  // Waits for those that are on their way to being told.
  void stop_watching() {
    std::size_t sure = 0;
    for (entry& each : entries) {
      if (is_told(each) || !each.of.unwatch(each)) ++sure;
    }
    unique_lock lock(guard);
    changed.wait(lock, [&]() PAR_NO_THREAD_SAFETY_ANALYSIS { return done.size() == sure; });
  }

  std::deque<entry> entries;
  mutex guard;
  condition_variable changed;
  std::vector<std::size_t> done PAR_GUARDED_BY(guard);  // In order.
  std::size_t given PAR_GUARDED_BY(guard) = 0;
};

completions::completions(std::span<future_state* const> states)
    : board_(std::make_unique<board>()), left_(states.size()) {
  {
    const lock_guard lock(board_->guard);
    board_->done.reserve(states.size());
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    board::entry& added = board_->entries.emplace_back(*board_, *states[i], i);
    if (!states[i]->watch(added)) board_->add(added);
  }
}

// A lock throws only when it is misused.
// NOLINTNEXTLINE(bugprone-exception-escape)
completions::~completions() {
  board_->stop_watching();
}

std::optional<std::size_t> completions::next(deadline until, const std::stop_token& stop) {
  if (left_ == 0) return std::nullopt;
  const bool may_run = inside_task() && until.is_never() && !stop.stop_possible();
  std::optional<std::size_t> place = board_->try_next();
  while (!place && may_run && board_->run_one()) place = board_->try_next();
  if (!place) place = board_->wait_for_next(until, stop);
  if (place) --left_;
  return place;
}

std::size_t completions::total() const noexcept {
  return board_->entries.size();
}
std::size_t completions::left() const noexcept {
  return left_;
}

}  // namespace par::inline PAR_ABI::detail
