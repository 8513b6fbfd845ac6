#include "par/coroutines/fiber_state.h"

#include <exception>
#include <stdexcept>
#include <utility>

namespace par::inline PAR_ABI::detail {

void fiber_state::bind(task<> body) {
  if (whole_.valid() && !done_ && innermost_ == nullptr) {
    throw std::logic_error("a new body for a fiber that runs");
  }
  whole_ = run_body(*this, std::move(body));
  innermost_ = task_access::frame(whole_);
  done_ = false;
}

void fiber_state::check_can_go_on() const {
  if (innermost_ != nullptr) return;
  if (!whole_.valid()) throw std::logic_error("switch to a fiber without a body");
  throw std::logic_error(done_ ? "switch to a fiber that has ended"
                               : "switch to a fiber that runs");
}

void fiber_state::run_here() {
  local_strand here;
  here.set_fiber(this);
  here.go_on(std::exchange(innermost_, nullptr));
  here.throw_error();
}

task<> fiber_state::run_body(fiber_state& self, task<> body) {
  try {
    task<> own = std::move(body);  // Ends before the fiber does.
    co_await std::move(own);
  } catch (...) {
    strand::current()->set_error(std::current_exception());
  }
  self.done_ = true;
  co_await leaving();
}

void switching::await_suspend(std::coroutine_handle<> from) const noexcept {
  strand& here = *strand::current();
  if (here.fiber() != nullptr) {
    here.fiber()->innermost_ = from;
  } else {
    here.set_base(from);
  }
  here.set_fiber(to_);
  here.set_next(std::exchange(to_->innermost_, nullptr));
}

// A fiber is never given the error of another: errors go to the outsider.
void switching::await_resume() const {
  strand& here = *strand::current();
  if (here.fiber() == nullptr) here.throw_error();
}

bool leaving::await_ready() const {
  if (strand::current()->fiber() == nullptr) throw std::logic_error("no fiber runs here");
  return false;
}

void leaving::await_suspend(std::coroutine_handle<> from) const noexcept {
  strand& here = *strand::current();
  fiber_state& left = *here.fiber();
  left.innermost_ = left.done_ ? nullptr : from;
  here.set_fiber(nullptr);
  here.set_next(here.base());
  here.set_base(nullptr);
}

}  // namespace par::inline PAR_ABI::detail
