#include "condition_state.h"

#include <system_error>

#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {

std::size_t condition_state::enlist() {
  const inner_guard lock(guard_);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].user.claim()) continue;
    ipc_step("condition_variable.wait.claimed");
    if (i >= used_) used_ = static_cast<std::uint32_t>(i + 1);
    slots_[i].turn = ++next_turn_;
    slots_[i].state.store(waiting);
    ipc_step("condition_variable.wait.enlisted");
    return i;
  }
  throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                          "ipc::condition_variable: too many wait");
}

// Passes over those who died, and makes their slots free.
wait_slot* condition_state::longest_waiting() noexcept {
  wait_slot* first = nullptr;
  for (std::size_t i = 0; i < used_; ++i) {
    wait_slot& each = slots_[i];
    if (each.state.load() != waiting) continue;
    if (!each.user.is_alive()) {
      each.state.store(vacant);
    } else if (first == nullptr || each.turn < first->turn) {
      first = &each;
    }
  }
  return first;
}

void condition_state::notify(std::size_t count) {
  ipc_step("condition_variable.notify.begin");
  const inner_guard lock(guard_);
  for (; count > 0; --count) {
    wait_slot* const chosen = longest_waiting();
    if (chosen == nullptr) return;
    ipc_step("condition_variable.notify.chosen");
    futex_change_shared(chosen->state, word_change::set, notified);
    ipc_step("condition_variable.notify.woken");
  }
}

// False: it was notified before.
bool condition_state::leave(wait_slot& self) {
  const inner_guard lock(guard_);
  if (self.state.load() != waiting) return false;
  self.state.store(vacant);
  return true;
}

bool condition_state::await(std::size_t index, deadline until, const std::stop_token& stop) {
  wait_slot& self = slots_[index];
  bool given_up = false;
  {
    shared_sleep nap(self.state, stop);
    while (self.state.load() == waiting) {
      if (nap.stopped() || until.passed()) {
        given_up = leave(self);
        break;
      }
      ipc_step("condition_variable.wait.before_sleep");
      nap.sleep(waiting, until);
      ipc_step("condition_variable.wait.after_sleep");
    }
  }
  self.state.store(vacant);
  ipc_step("condition_variable.wait.before_release");
  self.user.release();
  return !given_up;
}

void condition_state::withdraw(std::size_t index) {
  wait_slot& self = slots_[index];
  const bool was_notified = !leave(self);
  self.state.store(vacant);
  self.user.release();
  if (was_notified) notify(1);
}

}  // namespace par::inline PAR_ABI::detail
