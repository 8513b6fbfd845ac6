#include "par/pools/thread_handle.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

#include "thread_registry.h"
#include "thread_state.h"

namespace par::inline PAR_ABI {
namespace {

// By number, since a pthread_t may not be used once the thread is gone.
void tell_system(pid_t id, const std::string& name) {
  const std::string path = "/proc/self/task/" + std::to_string(id) + "/comm";
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  const ssize_t written = write(file, name.c_str(), name.size());
  static_cast<void>(written);  // A thread that has just ended needs no name.
  close(file);
}

}  // namespace

std::string thread_handle::name() const {
  return detail::thread_registry::instance().name_of(*state_);
}

// A thread that is just starting looks at its name after it has made its number known.
void thread_handle::set_name(const std::string& name) const {
  detail::thread_registry::instance().set_name_of(*state_, name);
  const auto id = static_cast<pid_t>(state_->native_id.load());
  if (id != 0 && is_alive()) tell_system(id, name);
}

std::uint64_t thread_handle::ident() const noexcept {
  return state_->ident;
}

pid_t thread_handle::native_id() const noexcept {
  std::uint32_t id = state_->native_id.load();
  while (id == 0 && state_->is(detail::thread_state::alive)) {
    detail::futex_wait(state_->native_id, 0);
    id = state_->native_id.load();
  }
  return static_cast<pid_t>(id);
}

bool thread_handle::daemon() const noexcept {
  return state_->daemon;
}

bool thread_handle::is_alive() const noexcept {
  return state_->is(detail::thread_state::alive);
}

bool thread_handle::wait_until(deadline until, const std::stop_token& stop) const {
  if (!is_alive()) return true;
  if (state_ == detail::thread_registry::instance().current()) {
    throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur),
                            "thread: waits for itself");
  }
  return state_->over.wait_until(until, stop);
}

}  // namespace par::inline PAR_ABI
