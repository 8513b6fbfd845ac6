#include "par/processes/ipc/recursive_mutex.h"

#include <unistd.h>

#include <new>
#include <system_error>
#include <utility>

#include "taken.h"

namespace par::inline PAR_ABI::ipc {

using detail::owner_lock;

struct recursive_mutex::shared_state {
  detail::shared_kind kind = detail::shared_kind::recursive_mutex;
  // The holder's thread id, or 0; counts only while its process holds the lock. Only compared with
  // the reader's own, which no other thread writes, so relaxed is enough.
  detail::atomic<std::uint32_t> thread = 0;
  owner_lock lock;
  std::size_t levels = 0;  // The holder's.

  [[nodiscard]] bool is_mine() const noexcept;
  bool again() noexcept;  // One level more; false: that would be one too many.
  bool take_over(bool taken) noexcept;
  void unlock();
};

namespace {

// Asked for once by each thread, and again by the child of a fork.
std::uint32_t this_thread_id() noexcept {
  thread_local detail::process_id process;
  thread_local std::uint32_t thread = 0;
  if (const detail::process_id now = detail::this_process_id(); process != now) {
    process = now;
    thread = static_cast<std::uint32_t>(::gettid());
  }
  return thread;
}

}  // namespace

bool recursive_mutex::shared_state::is_mine() const noexcept {
  return lock.is_mine() && thread.load(std::memory_order_relaxed) == this_thread_id();
}

bool recursive_mutex::shared_state::again() noexcept {
  if (levels == max_levels) return false;
  ++levels;
  return true;
}

bool recursive_mutex::shared_state::take_over(bool taken) noexcept {
  if (!taken) return false;
  thread.store(this_thread_id(), std::memory_order_relaxed);
  levels = 1;
  return true;
}

void recursive_mutex::shared_state::unlock() {
  if (!is_mine()) {
    throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                            "ipc::recursive_mutex: unlocked by a thread that does not hold it");
  }
  if (--levels > 0) return;
  thread.store(0, std::memory_order_relaxed);
  lock.unlock();
}

recursive_mutex::recursive_mutex() : recursive_mutex(shared_memory(sizeof(shared_state)), 0) {
  new (place()) shared_state;
}

recursive_mutex::recursive_mutex(shared_memory memory, std::size_t offset)
    : shared_handle(detail::shared_kind::recursive_mutex, std::move(memory), offset) {
  static_assert(sizeof(shared_state) <= size_of_state);
}

recursive_mutex recursive_mutex::made_in(shared_memory memory, std::size_t offset) {
  const recursive_mutex made(std::move(memory), offset);
  new (made.place()) shared_state;
  return made;
}

recursive_mutex recursive_mutex::found_in(shared_memory memory, std::size_t offset) {
  return {std::move(memory), offset};
}

// The analysis cannot know who holds the word inside.

void recursive_mutex::again() const {
  if (state<shared_state>().again()) return;
  throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                          "ipc::recursive_mutex: locked too many times");
}

void recursive_mutex::lock() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  auto& self = state<shared_state>();
  if (self.is_mine()) return again();
  self.take_over(taken(self.lock.lock(owner_lock::if_abandoned::leave)));
}

bool recursive_mutex::try_lock() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  auto& self = state<shared_state>();
  if (self.is_mine()) return self.again();
  return self.take_over(taken(self.lock.try_lock_and_watch(owner_lock::if_abandoned::leave)));
}

bool recursive_mutex::try_lock_until(deadline until, const std::stop_token& stop) const
    PAR_NO_THREAD_SAFETY_ANALYSIS {
  auto& self = state<shared_state>();
  if (self.is_mine()) return self.again();
  return self.take_over(taken(self.lock.lock(owner_lock::if_abandoned::leave, until, stop)));
}

bool recursive_mutex::recover() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  auto& self = state<shared_state>();
  if (self.is_mine()) {
    again();
    return false;
  }
  const auto tried = self.lock.lock(owner_lock::if_abandoned::mend);
  self.take_over(true);
  return tried.how == owner_lock::outcome::mended;
}

void recursive_mutex::unlock() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  state<shared_state>().unlock();
}

std::size_t recursive_mutex::unlock_all() const PAR_NO_THREAD_SAFETY_ANALYSIS {
  auto& self = state<shared_state>();
  const std::size_t had = levels();
  if (had > 0) self.levels = 1;
  self.unlock();
  return had;
}

void recursive_mutex::lock_all(std::size_t levels) const PAR_NO_THREAD_SAFETY_ANALYSIS {
  lock();
  state<shared_state>().levels += levels - 1;
}

std::size_t recursive_mutex::levels() const {
  const auto& self = state<shared_state>();
  return self.is_mine() ? self.levels : 0;
}

}  // namespace par::inline PAR_ABI::ipc
