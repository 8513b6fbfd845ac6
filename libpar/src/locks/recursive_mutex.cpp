#include "par/locks/recursive_mutex.h"

#include <unistd.h>

#include <system_error>

namespace par::inline PAR_ABI {
namespace {

// The kernel gives a number out again only after all others, so one who died holding the lock is
// not soon mistaken for a newcomer, as it would be with an address. Cached, so that the child of a
// fork stays who it was.
std::uint32_t this_thread_id() noexcept {
  thread_local const auto id = static_cast<std::uint32_t>(gettid());
  return id;
}

}  // namespace

// The analysis cannot know who holds the mutex inside.

void recursive_mutex::lock() PAR_NO_THREAD_SAFETY_ANALYSIS {
  if (is_mine()) {
    if (try_again()) return;
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                            "recursive_mutex: locked too many times");
  }
  mutex_.lock();
  take_over(1);
}

bool recursive_mutex::try_lock() PAR_NO_THREAD_SAFETY_ANALYSIS {
  if (is_mine()) return try_again();
  if (!mutex_.try_lock()) return false;
  take_over(1);
  return true;
}

bool recursive_mutex::try_lock_until(deadline until,
                                     const std::stop_token& stop) PAR_NO_THREAD_SAFETY_ANALYSIS {
  if (is_mine()) return try_again();
  if (!mutex_.try_lock_until(until, stop)) return false;
  take_over(1);
  return true;
}

void recursive_mutex::unlock() PAR_NO_THREAD_SAFETY_ANALYSIS {
  require_mine();
  if (--levels_ > 0) return;
  owner_.store(0, std::memory_order_relaxed);  // See owner_.
  mutex_.unlock();
}

std::size_t recursive_mutex::unlock_all() PAR_NO_THREAD_SAFETY_ANALYSIS {
  require_mine();
  const std::size_t levels = levels_;
  levels_ = 1;
  unlock();
  return levels;
}

void recursive_mutex::lock_all(std::size_t levels) PAR_NO_THREAD_SAFETY_ANALYSIS {
  lock();
  levels_ += levels - 1;
}

std::size_t recursive_mutex::levels() const noexcept {
  return is_mine() ? levels_ : 0;
}

bool recursive_mutex::is_mine() const noexcept {
  return owner_.load(std::memory_order_relaxed) == this_thread_id();  // See owner_.
}

bool recursive_mutex::try_again() noexcept {
  if (levels_ == max_levels) return false;
  ++levels_;
  return true;
}

void recursive_mutex::take_over(std::size_t levels) noexcept {
  owner_.store(this_thread_id(), std::memory_order_relaxed);  // See owner_.
  levels_ = levels;
}

void recursive_mutex::require_mine() const {
  if (is_mine()) return;
  throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                          "recursive_mutex: unlocked by a thread that does not hold it");
}

}  // namespace par::inline PAR_ABI
