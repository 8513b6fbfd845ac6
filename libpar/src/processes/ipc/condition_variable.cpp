#include "par/processes/ipc/condition_variable.h"

#include <array>
#include <new>
#include <system_error>

#include "owner_lock.h"
#include "shared_sleep.h"
#include "step.h"
#include "wait_slot.h"

namespace par::inline PAR_ABI::ipc {

using detail::inner_guard;
using detail::ipc_step;
using detail::wait_slot;

struct condition_variable::shared_state {
  // The values of a slot's state. It leaves `waiting` under the guard only.
  enum : std::uint32_t { vacant, waiting, notified };

  detail::shared_kind kind = detail::shared_kind::condition_variable;
  std::uint32_t used = 0;  // Guarded, as the rest: slots beyond have never been used.
  detail::owner_lock guard;
  std::uint64_t next_turn = 0;
  std::array<wait_slot, most_waiters> slots;

  std::size_t enlist();
  void notify(std::size_t count);
  wait_slot* longest_waiting() noexcept;
  bool sleep(wait_slot& self, deadline until, const std::stop_token& stop);
  bool leave(wait_slot& self);
};

std::size_t condition_variable::shared_state::enlist() {
  const inner_guard lock(guard);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!slots[i].user.claim()) continue;
    ipc_step("condition_variable.wait.claimed");
    if (i >= used) used = static_cast<std::uint32_t>(i + 1);
    slots[i].turn = ++next_turn;
    slots[i].state.store(waiting);
    ipc_step("condition_variable.wait.enlisted");
    return i;
  }
  throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                          "ipc::condition_variable: too many wait");
}

// Passes over those who died, and makes their slots free.
wait_slot* condition_variable::shared_state::longest_waiting() noexcept {
  wait_slot* first = nullptr;
  for (std::size_t i = 0; i < used; ++i) {
    wait_slot& each = slots[i];
    if (each.state.load() != waiting) continue;
    if (!each.user.is_alive()) {
      each.state.store(vacant);
    } else if (first == nullptr || each.turn < first->turn) {
      first = &each;
    }
  }
  return first;
}

void condition_variable::shared_state::notify(std::size_t count) {
  ipc_step("condition_variable.notify.begin");
  const inner_guard lock(guard);
  for (; count > 0; --count) {
    wait_slot* const chosen = longest_waiting();
    if (chosen == nullptr) return;
    ipc_step("condition_variable.notify.chosen");
    detail::futex_change_shared(chosen->state, detail::word_change::set, notified);
    ipc_step("condition_variable.notify.woken");
  }
}

// False: it was notified before.
bool condition_variable::shared_state::leave(wait_slot& self) {
  const inner_guard lock(guard);
  if (self.state.load() != waiting) return false;
  self.state.store(vacant);
  return true;
}

bool condition_variable::shared_state::sleep(wait_slot& self, deadline until,
                                             const std::stop_token& stop) {
  bool given_up = false;
  {
    detail::shared_sleep nap(self.state, stop);
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

condition_variable::condition_variable()
    : shared_handle(detail::shared_kind::condition_variable, sizeof(shared_state)) {
  new (place()) shared_state;
}

void condition_variable::notify(std::size_t count) const {
  state<shared_state>().notify(count);
}

std::size_t condition_variable::enlist() const {
  return state<shared_state>().enlist();
}

bool condition_variable::await(std::size_t self, deadline until,
                               const std::stop_token& stop) const {
  auto& all = state<shared_state>();
  return all.sleep(all.slots[self], until, stop);
}

void condition_variable::withdraw(std::size_t self) const {
  auto& all = state<shared_state>();
  const bool was_notified = !all.leave(all.slots[self]);
  all.slots[self].state.store(shared_state::vacant);
  all.slots[self].user.release();
  if (was_notified) all.notify(1);
}

}  // namespace par::inline PAR_ABI::ipc
