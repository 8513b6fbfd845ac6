#include "par/processes/ipc/condition_variable.h"

#include <new>

#include "condition_state.h"

namespace par::inline PAR_ABI::ipc {

struct condition_variable::shared_state {
  detail::shared_kind kind = detail::shared_kind::condition_variable;
  detail::condition_state of;
};

condition_variable::condition_variable()
    : shared_handle(detail::shared_kind::condition_variable, sizeof(shared_state)) {
  static_assert(most_waiters == detail::condition_state::most_waiters);
  new (place()) shared_state;
}

void condition_variable::notify(std::size_t count) const {
  state<shared_state>().of.notify(count);
}

std::size_t condition_variable::enlist() const {
  return state<shared_state>().of.enlist();
}

bool condition_variable::await(std::size_t self, deadline until,
                               const std::stop_token& stop) const {
  return state<shared_state>().of.await(self, until, stop);
}

void condition_variable::withdraw(std::size_t self) const {
  state<shared_state>().of.withdraw(self);
}

}  // namespace par::inline PAR_ABI::ipc
