// The proxies of what one waits for.
#include "par/processes/manager/managed_barrier.h"
#include "par/processes/manager/managed_condition_variable.h"
#include "par/processes/manager/managed_event.h"
#include "par/processes/manager/managed_mutex.h"
#include "par/processes/manager/managed_semaphore.h"

namespace par::inline PAR_ABI {

using detail::operation;
using detail::outcome;

namespace detail {

bool managed_lock::try_lock_until(deadline until, const std::stop_token& stop) const {
  return call_until<outcome>(operation::lock, until, stop) == outcome::done;
}

// Guards call it while a manager_gone travels.
void managed_lock::unlock() const {
  try {
    call(operation::unlock);
  } catch (const manager_gone&) {  // And the lock with it. NOLINT(bugprone-empty-catch)
  }
}

}  // namespace detail

bool managed_semaphore::try_acquire_until(deadline until, const std::stop_token& stop) const {
  return call_until<outcome>(operation::acquire, until, stop) == outcome::done;
}

void managed_semaphore::release(std::uint64_t permits) const {
  call(operation::release, permits);
}

void managed_condition_variable::notify(std::size_t count) const {
  call(operation::notify, std::uint64_t{count});
}

bool managed_condition_variable::sleep(const detail::managed_lock& lock, deadline until,
                                       const std::stop_token& stop) const {
  if (lock.manager().address != manager().address) {
    throw std::invalid_argument("manager: the mutex is another manager's");
  }
  return call_until<outcome>(operation::wait, until, stop, lock.object()) == outcome::done;
}

void managed_event::set() const {
  call(operation::set);
}

void managed_event::clear() const {
  call(operation::clear);
}

bool managed_event::is_set() const {
  return call<bool>(operation::is_set);
}

bool managed_event::wait_until(deadline until, const std::stop_token& stop) const {
  return call_until<outcome>(operation::wait, until, stop) == outcome::done;
}

std::size_t managed_barrier::wait() const {
  const auto place = wait_until(deadline::never());
  if (!place) throw broken_barrier();
  return *place;
}

expected<std::size_t, barrier_errc> managed_barrier::wait_until(deadline until,
                                                                const std::stop_token& stop) const {
  const auto [how, place] =
      call_until<std::pair<outcome, std::uint64_t>>(operation::wait, until, stop);
  switch (how) {
    case outcome::done:
      return place;
    case outcome::broken:
      return unexpected<barrier_errc>(barrier_errc::broken);
    case outcome::stopped:
      return unexpected<barrier_errc>(barrier_errc::stopped);
    default:
      return unexpected<barrier_errc>(barrier_errc::timeout);
  }
}

void managed_barrier::abort() const {
  call(operation::abort);
}

void managed_barrier::reset() const {
  call(operation::reset);
}

std::size_t managed_barrier::parties() const {
  return call<std::uint64_t>(operation::capacity);
}

std::size_t managed_barrier::waiting() const {
  return call<std::uint64_t>(operation::size);
}

bool managed_barrier::broken() const {
  return call<bool>(operation::is_broken);
}

}  // namespace par::inline PAR_ABI
