#include "par/processes/ipc/semaphore.h"

#include <new>
#include <stdexcept>

#include "semaphore_state.h"

namespace par::inline PAR_ABI::ipc {

struct semaphore::shared_state {
  detail::shared_kind kind = detail::shared_kind::semaphore;
  detail::semaphore_state of;
};

semaphore::semaphore(std::size_t permits, std::size_t bound)
    : shared_handle(detail::shared_kind::semaphore, sizeof(shared_state)) {
  if (permits > max()) throw std::invalid_argument("ipc::semaphore: too many permits");
  new (place())
      shared_state{.of = {static_cast<std::uint32_t>(permits), static_cast<std::uint32_t>(bound)}};
}

bool semaphore::try_acquire() const {
  return state<shared_state>().of.try_acquire();
}

bool semaphore::take(deadline until, const std::stop_token& stop) const {
  return state<shared_state>().of.acquire(until, stop);
}

void semaphore::release(std::size_t permits) const {
  state<shared_state>().of.release(permits);
}

std::size_t semaphore::free() const {
  return state<shared_state>().of.free();
}

}  // namespace par::inline PAR_ABI::ipc
