#include "par/coroutines/routine.h"

#include <stdexcept>
#include <system_error>

#include "par/coroutines/task_group.h"
#include "scheduler_core.h"

namespace par::inline PAR_ABI::detail {

void routine_list::push_back(routine& last) noexcept {
  last.next_in_list_ = nullptr;
  (first_ != nullptr ? last_->next_in_list_ : first_) = &last;
  last_ = &last;
}

routine* routine_list::pop_front() noexcept {
  routine* const front = first_;
  if (front != nullptr) first_ = front->next_in_list_;
  return front;
}

void routine_list::append(routine_list&& others) noexcept {
  if (others.empty()) return;
  (first_ != nullptr ? last_->next_in_list_ : first_) = others.first_;
  last_ = others.last_;
  others.first_ = nullptr;
}

routine::routine(scheduler_core& home, std::string name, std::coroutine_handle<> body)
    : strand(&home), top_(body), name_(name.empty() ? home.next_name() : std::move(name)) {}

routine::~routine() = default;

routine& routine::current() {
  strand* const now = strand::current();
  if (now == nullptr || now->home() == nullptr) {
    throw std::logic_error("this is for tasks that a par::scheduler runs");
  }
  return static_cast<routine&>(*now);
}

void routine::release() noexcept {
  if (--owners_ > 0) return;
  if (error_ != nullptr && home() != nullptr) home()->keep_error(std::move(error_));
  delete this;
}

bool routine::suspend(std::coroutine_handle<> at) noexcept {
  if (cancel_requested_ && !shielded_) return false;
  top_ = at;
  phase_ = phase::waiting;
  return true;
}

bool routine::yield(std::coroutine_handle<> at) {
  if (cancel_requested_) return false;
  top_ = at;
  phase_ = phase::ready;
  home()->make_ready(*this);
  return true;
}

bool routine::sleep_until(std::coroutine_handle<> at, time_point time) {
  if (time <= home()->clock().now()) return yield(at);
  if (cancel_requested_) return false;
  if (time != time_point::max()) home()->timers().push(*this, time);
  return suspend(at);
}

bool routine::join(std::coroutine_handle<> at, routine& other, time_point limit) {
  join_done_ = other.ended();
  if (join_done_) return false;
  if (&other == this) {
    throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur),
                            "a task cannot join itself");
  }
  if (other.home() != home()) throw std::logic_error("join of another scheduler's task");
  if (cancel_requested_ || limit <= home()->clock().now()) return false;
  if (limit != time_point::max()) home()->timers().push(*this, limit);
  joined_ = &other;
  join_.enter_before(other.joiners_);
  return suspend(at);
}

bool routine::watch(std::coroutine_handle<> at, future_state& future) {
  if (!suspend(at)) return false;
  watched_ = &future;
  home()->expect_from_outside();
  // If it will be told, then it may be in the inbox by now, so nothing is touched afterwards.
  if (future.watch(*this)) return true;
  home()->expect_no_more();
  watched_ = nullptr;
  phase_ = phase::running;
  return false;
}

routine::time_point routine::time_after(deadline::clock::duration span) const {
  if (span <= deadline::clock::duration::zero()) return time_point::min();
  const time_point now = home()->clock().now();
  return span < time_point::max() - now ? now + span : time_point::max();
}

// On any thread.
void routine::completed() noexcept {
  home()->arrive_from_outside(*this);
}

bool routine::join_group(std::coroutine_handle<> at, task_group& group, bool shielded) {
  shielded_ = shielded;
  joined_group_ = &group;
  if (suspend(at)) return true;
  joined_group_ = nullptr;
  return false;
}

void routine::throw_if_cancelled() {
  if (std::exchange(shielded_, false) || !cancel_requested_) return;
  cancel_requested_ = false;
  throw task_cancelled();
}

bool routine::cancel() {
  if (ended() || home() == nullptr || home()->closing()) return false;
  cancel_requested_ = true;
  if (phase_ == phase::waiting && !shielded_ && leave_waits()) wake();
  return true;
}

void routine::wake() {
  leave_waits();
  phase_ = phase::ready;
  home()->make_ready(*this);
}

bool routine::leave_waits() noexcept {
  if (sleeps()) home()->timers().remove(*this);
  join_.leave();
  joined_ = nullptr;
  if (joined_group_ != nullptr) std::exchange(joined_group_, nullptr)->leave();
  if (watched_ == nullptr) return true;
  if (!watched_->unwatch(*this)) return false;
  home()->expect_no_more();
  watched_ = nullptr;
  return true;
}

void routine::wake_joiners() noexcept {
  while (!joiners_.alone()) {
    routine& next = at(joiners_.next());
    next.join_done_ = true;
    next.wake();
  }
}

std::string routine::describe() const {
  if (joined_ != nullptr) return name_ + " joins " + joined_->name_;
  if (joined_group_ != nullptr) return name_ + " gathers";
  return name_;
}

}  // namespace par::inline PAR_ABI::detail
