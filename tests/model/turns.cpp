// Which thread of a run goes on.
#include <algorithm>

#include "model/execution.h"

namespace model {

void execution::hand_over() {
  const std::size_t successor = next();
  if (successor != running_) switch_to(successor);
}

void execution::switch_to(std::size_t successor) {
  fiber& from = *threads_[running_].stack;
  running_ = successor;
  from.switch_to(*threads_[successor].stack);
}

bool execution::is_ready(std::size_t thread) const {
  return threads_[thread].now == phase::ready;
}

// To time out before another thread goes on that can, or has less time left.
bool execution::is_early(std::size_t thread) const {
  const auto time = threads_[thread].until.time();
  for (std::size_t i = 1; i < threads_.size(); ++i) {
    if (i == thread) continue;
    const bool sooner = threads_[i].now == phase::timed_waiting && threads_[i].until.time() < time;
    if (is_ready(i) || sooner) return true;
  }
  return false;
}

bool execution::may_time_out(std::size_t thread) const {
  return threads_[thread].now == phase::timed_waiting &&
         (early_timeouts_left_ > 0 || !is_early(thread));
}

// The running thread first, so that the first choice is never an interruption; then those whose
// wait may time out.
execution::shortlist execution::candidates() const {
  shortlist found;
  const bool can_go_on = running_ != 0 && is_ready(running_);
  if (can_go_on) found.add(running_);
  if (can_go_on && preemptions_left_ == 0) return found;
  for (std::size_t i = 1; i < threads_.size(); ++i) {
    if (is_ready(i) && !(can_go_on && i == running_)) found.add(i);
  }
  for (std::size_t i = 1; i < threads_.size(); ++i) {
    if (may_time_out(i)) found.add(i);
  }
  return found;
}

std::size_t execution::next() {
  shortlist from = candidates();
  if (from.size == 0) {
    end_spinning();
    from = candidates();
  }
  if (from.size != 0) {
    const std::size_t chosen = from.who[choose(from.size)];
    account(chosen);
    return chosen;
  }
  const bool all_ended = std::all_of(threads_.begin() + 1, threads_.end(), [](const thread& each) {
    return each.now == phase::ended || each.now == phase::vanished;
  });
  if (!all_ended) failure_ = "deadlock";
  return 0;
}

// The chosen one makes a step now: those that spin may look again after it.
void execution::account(std::size_t chosen) {
  thread& successor = threads_[chosen];
  if (chosen != running_ && running_ != 0 && is_ready(running_)) {
    --preemptions_left_;
  }
  if (successor.now == phase::timed_waiting) {
    if (is_early(chosen)) --early_timeouts_left_;
    successor.timed_out = true;
    time_ = std::max(time_, successor.until.time());
    successor.now = phase::ready;
  }
  end_spinning();
}

void execution::end_spinning() {
  for (thread& each : threads_) {
    if (each.now == phase::spinning) each.now = phase::ready;
  }
}

}  // namespace model
