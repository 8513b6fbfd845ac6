#include "scheduler_core.h"

#include <limits>
#include <stdexcept>
#include <utility>

#include "par/coroutines/task_group.h"
#include "par/pools/blocking_scope.h"

namespace par::inline PAR_ABI::detail {

namespace {

bool is_cancellation(const std::exception_ptr& thrown) {
  if (thrown == nullptr) return false;
  try {
    std::rethrow_exception(thrown);
  } catch (const task_cancelled&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

// While it runs. Not in itself: two loops would take each other's routines.
class scheduler_core::run_scope {
 public:
  explicit run_scope(scheduler_core& of) : of_(of) {
    if (std::exchange(of.running_, true)) throw std::logic_error("the scheduler runs already");
  }
  ~run_scope() { of_.running_ = false; }
  run_scope(const run_scope&) = delete;
  run_scope& operator=(const run_scope&) = delete;

 private:
  scheduler_core& of_;
};

void scheduler_core::add(routine& fresh) {
  if (closing_) throw std::logic_error("the scheduler is being destroyed");
  fresh.acquire();
  fresh.known_.enter_before(known_);
  ++alive_;
  make_ready(fresh);
}

std::string scheduler_core::next_name() {
  return "task-" + std::to_string(++names_);
}

void scheduler_core::run_all() {
  const run_scope running(*this);
  while (alive_ > 0) {
    if (!run_one_round()) throw_why_none_can_run();
  }
  throw_kept_error();
}

void scheduler_core::run_until_ended(const routine& first) {
  const run_scope running(*this);
  while (!first.ended()) {
    if (!run_one_round()) throw_why_none_can_run();
  }
  cancel_all();
  while (alive_ > 0) {
    if (!run_one_round()) throw_why_none_can_run();
  }
  if (first.error_ == nullptr) throw_kept_error();
}

// Those that become ready meanwhile wait for the next round, so that nobody keeps the others from
// being looked at.
bool scheduler_core::run_one_round() {
  take_inbox();
  wake_due();
  if (ready_.empty()) return wait_for_work();
  routine_list round = std::exchange(ready_, {});
  while (routine* const next = round.pop_front()) resume(*next);
  return true;
}

bool scheduler_core::wait_for_work() {
  if (!timers_.empty()) {
    if (clock_.skip_to(timers_.next_time())) return true;
    const blocking_scope blocking;
    inbox_.wait_until(deadline::at(timers_.next_time()));
    return true;
  }
  if (expected_ == 0) return false;
  const blocking_scope blocking;
  inbox_.wait_until(deadline::never());
  return true;
}

void scheduler_core::take_inbox() {
  routine_list arrived = inbox_.take_all();
  while (routine* const next = arrived.pop_front()) {
    --expected_;
    next->watched_ = nullptr;
    next->wake();
  }
}

void scheduler_core::wake_due() {
  if (timers_.empty()) return;
  const auto now = clock_.now();
  while (!timers_.empty() && timers_.next_time() <= now) {
    static_cast<routine&>(timers_.pop()).wake();
  }
}

void scheduler_core::resume(routine& which) {
  if (!which.started_ && which.cancel_requested_) {
    drop(which);
    return;
  }
  which.started_ = true;
  which.phase_ = routine::phase::running;
  which.go_on(std::exchange(which.top_, nullptr));
  // Whatever suspends a routine changes its phase.
  if (which.phase_ == routine::phase::running) finish(which);
}

void scheduler_core::finish(routine& which) {
  which.phase_ = routine::phase::ended;
  const std::exception_ptr thrown = which.settle();
  which.cancelled_ = is_cancellation(thrown);
  if (!which.cancelled_) which.error_ = thrown;
  announce_end(which, thrown);
}

// It was cancelled before it began.
void scheduler_core::drop(routine& which) {
  which.phase_ = routine::phase::ended;
  which.cancelled_ = true;
  which.abandon();
  announce_end(which, std::make_exception_ptr(task_cancelled()));
}

void scheduler_core::announce_end(routine& which, const std::exception_ptr& thrown) {
  --alive_;
  which.wake_joiners();
  if (which.group_ != nullptr) {
    which.error_seen();
    which.group_->ended(thrown);
  }
  which.release();
}

void scheduler_core::cancel_all() {
  for (ring_node* each = &known_.next(); each != &known_; each = &each->next()) {
    routine::at(*each).cancel();
  }
}

void scheduler_core::keep_error(std::exception_ptr error) noexcept {
  if (error_ == nullptr) error_ = std::move(error);
}

void scheduler_core::throw_kept_error() {
  if (error_ != nullptr) std::rethrow_exception(std::exchange(error_, nullptr));
}

void scheduler_core::throw_why_none_can_run() {
  throw_kept_error();
  constexpr std::size_t most = 8;
  std::string who;
  std::size_t told = 0;
  for (ring_node* each = &known_.next(); each != &known_; each = &each->next()) {
    const routine& stuck = routine::at(*each);
    if (stuck.ended()) continue;
    if (told == most) break;
    who += (told++ > 0 ? ", " : "") + stuck.describe();
  }
  if (alive_ > told) who += " and " + std::to_string(alive_ - told) + " more";
  throw deadlock(who);
}

// Destructors of the tasks may let go of handles, and so of routines, while this goes on.
scheduler_core::~scheduler_core() {
  closing_ = true;
  ring_node seen;
  while (!known_.alone()) {
    routine& each = routine::at(known_.next());
    each.known_.leave();
    each.known_.enter_before(seen);
    if (!each.ended()) abandon(each);
  }
  while (!seen.alone()) {
    routine& each = routine::at(seen.next());
    each.known_.leave();
    each.forget_home();
  }
}

// No other thread will come for it: run() does not come back while any is expected.
void scheduler_core::abandon(routine& which) {
  which.leave_waits();
  which.phase_ = routine::phase::ended;
  which.cancelled_ = true;
  which.abandon();
  which.release();
}

}  // namespace par::inline PAR_ABI::detail
