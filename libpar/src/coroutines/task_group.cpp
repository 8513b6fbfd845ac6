#include "par/coroutines/task_group.h"

namespace par::inline PAR_ABI::detail {

class task_group::all_ended : public routine_awaiter {
 public:
  all_ended(task_group& of, bool to_the_end) noexcept : of_(&of) { of.to_the_end_ = to_the_end; }

  bool await_suspend(std::coroutine_handle<> at) {
    if (of_->over()) return false;
    of_->waiter_ = &self();
    // Waiting to the end is not given up for a request to cancel.
    if (self().join_group(at, *of_, of_->to_the_end_)) return true;
    of_->leave();
    return false;
  }

 private:
  task_group* of_;
};

task_group::~task_group() {
  for (const task_handle& each : members_) {
    if (each.done()) continue;
    handle_access::routine_of(each).set_group(nullptr);
    each.cancel();
  }
}

void task_group::add(const task_handle& member) {
  members_.push_back(member);
  handle_access::routine_of(member).set_group(this);
  ++left_;
}

void task_group::ended(const std::exception_ptr& thrown) {
  --left_;
  if (error_ == nullptr) error_ = thrown;
  if (over() && waiter_ != nullptr) waiter_->wake();
}

task<> task_group::settle() {
  bool cancelled = false;
  try {
    co_await all_ended(*this, false);
  } catch (const task_cancelled&) {
    cancelled = true;
  }
  if (left_ > 0) {
    for (const task_handle& each : members_) each.cancel();
    co_await all_ended(*this, true);
  }
  if (cancelled) throw task_cancelled();
  if (error_ != nullptr) std::rethrow_exception(error_);
}

}  // namespace par::inline PAR_ABI::detail
