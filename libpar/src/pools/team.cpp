#include "par/pools/team.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "par/locks/lock_guard.h"
#include "par/pools/blocking_scope.h"
#include "par/pools/executor.h"
#include "spin.h"
#include "team_board.h"

namespace par::inline PAR_ABI::detail {
namespace {

using namespace std::chrono_literals;

// Helpers leave at the end of a piece, which is near: worth this much before sleeping.
constexpr auto patience = 20us;

// The board whose team this thread serves or has brought, innermost. A thread counts once.
thread_local const team_board* served = nullptr;

// A posted task: called, it helps; dropped uncalled, it says so.
class helper_job {
 public:
  explicit helper_job(std::shared_ptr<team_board> board) noexcept : board_(std::move(board)) {}
  helper_job(helper_job&& other) noexcept = default;
  helper_job& operator=(helper_job&&) = delete;
  ~helper_job() {
    if (board_ != nullptr) board_->forget_helper();
  }

  void operator()() { std::exchange(board_, nullptr)->help(); }

 private:
  std::shared_ptr<team_board> board_;
};

}  // namespace

void team_board::help() {
  const team_board* const outer = std::exchange(served, this);
  {
    unique_lock lock(guard_);
    while (team* const one = enter_oldest()) {
      lock.unlock();
      one->help_here();
      lock.lock();
    }
    --present_;  // With the list seen empty: whoever calls from now on posts another helper.
  }
  served = outer;
}

void team_board::forget_helper() {
  const lock_guard lock(guard_);
  --present_;
}

team* team_board::enter_oldest() {
  team* const one = oldest_;
  if (one == nullptr) return nullptr;
  if (--one->calls_ == 0) unlink(*one);
  // Relaxed: the lock orders it before the owner's close.
  one->inside_.fetch_add(1, std::memory_order_relaxed);
  return one;
}

void team_board::link(team& one) {
  one.previous_ = newest_;
  (newest_ != nullptr ? newest_->next_ : oldest_) = &one;
  newest_ = &one;
}

void team_board::unlink(team& one) {
  (one.previous_ != nullptr ? one.previous_->next_ : oldest_) = one.next_;
  (one.next_ != nullptr ? one.next_->previous_ : newest_) = one.previous_;
  one.previous_ = one.next_ = nullptr;
}

team_board& team::board() const noexcept {
  return *on_.teams_;
}

void team::help_here() noexcept {
  try {
    body_();
  } catch (...) {
    keep_error();
  }
  // Release: partner of the acquires in close. The team may be gone after it: the wake-up uses no
  // more than the address.
  const std::uint32_t was = inside_.fetch_sub(1, std::memory_order_release);
  if (was == (awaited | 1)) futex_wake_all(inside_);
}

void team::keep_error() noexcept {
  // Relaxed: the exception itself is published by the release in help_here.
  if (!failed_.exchange(true, std::memory_order_relaxed)) first_error_ = std::current_exception();
}

void team::enter_board() PAR_NO_THREAD_SAFETY_ANALYSIS {
  entered_ = true;
  open_ = true;
  if (served == &board()) return;
  counted_ = true;
  outer_ = std::exchange(served, &board());
  ++board().present_;
}

void team::call(std::size_t helpers) {
  if (helpers == 0) return;
  const std::size_t most = on_.concurrency();  // Before the lock: it may take others.
  std::size_t posts = 0;
  {
    const lock_guard lock(board().guard_);
    if (closed_) return;
    if (!entered_) enter_board();
    if (calls_ == 0) board().link(*this);
    calls_ += helpers;
    posts = std::min(helpers, most - std::min(most, board().present_));
    board().present_ += posts;
  }
  for (std::size_t i = 0; i < posts; ++i) post_helper();
}

void team::post_helper() {
  try {
    on_.post(helper_job(on_.teams_));
  } catch (...) {
    // Help is not needed, only welcome: the job, dropped, has told the board.
  }
}

void team::close() {
  if (!open_) return;
  open_ = false;
  {
    const lock_guard lock(board().guard_);
    closed_ = true;
    if (calls_ > 0) board().unlink(*this);
    calls_ = 0;
    if (counted_) --board().present_;
  }
  if (counted_) served = outer_;
  // Acquire: partner of the release in help_here, which publishes what the helpers did.
  const auto all_left = [this] { return inside_.load(std::memory_order_acquire) == 0; };
  if (all_left() || spin_for(patience, all_left)) return;
  std::uint32_t seen = inside_.fetch_or(awaited, std::memory_order_acquire) | awaited;
  const blocking_scope scope;
  while (seen != awaited) {
    static_cast<void>(futex_wait(inside_, seen));
    seen = inside_.load(std::memory_order_acquire);
  }
}

void team::rethrow() {
  if (first_error_ != nullptr) std::rethrow_exception(std::exchange(first_error_, nullptr));
}

void run_team(executor& on, std::size_t helpers, function_ref<void()> body) {
  team all(on, body);
  all.call(helpers);
  body();  // If it throws, the team is closed on the way out.
  all.close();
  all.rethrow();
}

}  // namespace par::inline PAR_ABI::detail
