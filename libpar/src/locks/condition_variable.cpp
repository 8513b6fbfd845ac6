#include "par/locks/condition_variable.h"

namespace par::inline PAR_ABI {

void condition_variable::notify(std::size_t count) noexcept {
  detail::waiter* chosen = nullptr;
  {
    const lock_guard lock(waiters_.guard);
    chosen = waiters_.choose(count);
  }
  detail::wait_list::wake(chosen);
}

void condition_variable::enlist(detail::waiter& self) noexcept {
  const lock_guard lock(waiters_.guard);
  waiters_.enlist(self);
}

void condition_variable::pass_on(detail::waiter& self) noexcept {
  waiters_.sleep(self, deadline::never());
  notify_one();
}

}  // namespace par::inline PAR_ABI
