#include "par/processes/ipc/event.h"

#include <new>

#include "event_state.h"

namespace par::inline PAR_ABI::ipc {

struct event::shared_state {
  detail::shared_kind kind = detail::shared_kind::event;
  detail::event_state of;
};

event::event() : shared_handle(detail::shared_kind::event, sizeof(shared_state)) {
  new (place()) shared_state;
}

void event::set() const {
  state<shared_state>().of.set();
}

void event::clear() const {
  state<shared_state>().of.clear();
}

bool event::is_set() const {
  return state<shared_state>().of.is_set();
}

bool event::wait_until(deadline until, const std::stop_token& stop) const {
  return state<shared_state>().of.wait(until, stop);
}

}  // namespace par::inline PAR_ABI::ipc
