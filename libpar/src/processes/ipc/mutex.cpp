#include "par/processes/ipc/mutex.h"

#include <new>
#include <system_error>

#include "taken.h"

namespace par::inline PAR_ABI::ipc {

using detail::owner_lock;

struct mutex::shared_state {
  detail::shared_kind kind = detail::shared_kind::mutex;
  owner_lock lock;
};

mutex::mutex() : shared_handle(detail::shared_kind::mutex, sizeof(shared_state)) {
  new (place()) shared_state;
}

// The analysis cannot know who holds the word inside.

void mutex::lock() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  static_cast<void>(try_lock_until(deadline::never()));
}

bool mutex::try_lock() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  owner_lock& lock = state<shared_state>().lock;
  return taken(lock.try_lock_and_watch(owner_lock::if_abandoned::leave));
}

bool mutex::try_lock_until(deadline until,
                           const std::stop_token& stop) const PAR_NO_THREAD_SAFETY_ANALYSIS {
  owner_lock& lock = state<shared_state>().lock;
  return taken(lock.lock(owner_lock::if_abandoned::leave, until, stop));
}

bool mutex::recover() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  const auto tried = state<shared_state>().lock.lock(owner_lock::if_abandoned::mend);
  return tried.how == owner_lock::outcome::mended;
}

void mutex::unlock() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  owner_lock& lock = state<shared_state>().lock;
  if (lock.is_mine()) return lock.unlock();
  throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                          "ipc::mutex: unlocked by a process that does not hold it");
}

}  // namespace par::inline PAR_ABI::ipc
