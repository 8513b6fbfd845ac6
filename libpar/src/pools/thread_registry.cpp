#include "thread_registry.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "par/locks/lock_guard.h"

namespace par::inline PAR_ABI::detail {
namespace {

// The calling thread's own, kept alive by the thread itself. It has no destructor, so that a daemon
// leaves nothing behind in the system's list of those.
thread_local thread_state* mine = nullptr;

// Keeps that of a thread which is not libpar's, until the thread ends.
struct foreign_membership {
  ~foreign_membership() {
    if (state == nullptr) return;
    mine = nullptr;
    thread_registry::instance().remove(*state);
    state->now.store(thread_state::ended);
    state->over.set();
  }

  std::shared_ptr<thread_state> state;
};

thread_local foreign_membership foreign;

bool is_main_thread() {
  return gettid() == getpid();
}

std::shared_ptr<thread_state> state_of_foreign_thread() {
  auto state = std::make_shared<thread_state>();
  std::array<char, 16> name{};
  pthread_getname_np(pthread_self(), name.data(), name.size());
  state->name = name.data();
  state->pthread = pthread_self();
  state->native_id.store(static_cast<std::uint32_t>(gettid()));
  return state;
}

}  // namespace

thread_registry& thread_registry::instance() {
  static auto& registry = *new thread_registry;
  return registry;
}

thread_registry::thread_registry() {
  {
    const lock_guard lock(guard_);
    main_locked();
  }
  if (pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child) != 0 ||
      std::atexit([] { instance().await_detached(); }) != 0) {
    throw std::system_error(std::make_error_code(std::errc::not_enough_memory), "thread registry");
  }
}

std::shared_ptr<thread_state> thread_registry::current() {
  if (mine != nullptr) return mine->shared_from_this();
  std::shared_ptr<thread_state> state;
  if (is_main_thread()) {
    state = main_thread();
  } else {
    state = foreign.state = state_of_foreign_thread();
    add(state);
  }
  mine = state.get();
  return state;
}

void thread_registry::set_current(thread_state* state) {
  mine = state;
}

std::shared_ptr<thread_state> thread_registry::main_thread() {
  const lock_guard lock(guard_);
  return main_locked();
}

std::shared_ptr<thread_state> thread_registry::main_locked() {
  if (main_ == nullptr) {
    main_ = std::make_shared<thread_state>();
    main_->name = "MainThread";
    main_->native_id.store(static_cast<std::uint32_t>(getpid()));
    add_locked(main_);
  }
  return main_;
}

std::vector<std::shared_ptr<thread_state>> thread_registry::alive() {
  const lock_guard lock(guard_);
  std::vector<std::shared_ptr<thread_state>> all;
  all.reserve(alive_.size());
  for (const auto& each : alive_) all.push_back(each.second);
  return all;
}

std::size_t thread_registry::count() {
  const lock_guard lock(guard_);
  return alive_.size();
}

void thread_registry::add(const std::shared_ptr<thread_state>& state) {
  const lock_guard lock(guard_);
  add_locked(state);
}

void thread_registry::add_locked(const std::shared_ptr<thread_state>& state) {
  if (state->ident == 0) state->ident = ++last_ident_;
  alive_.emplace(state->ident, state);
  state->now.store(thread_state::alive);
}

void thread_registry::remove(const thread_state& state) noexcept {
  const lock_guard lock(guard_);
  alive_.erase(state.ident);
}

std::string thread_registry::name_of(const thread_state& state) {
  const lock_guard lock(guard_);
  return state.name;
}

void thread_registry::set_name_of(thread_state& state, std::string name) {
  const lock_guard lock(guard_);
  state.name = std::move(name);
}

std::string thread_registry::next_name() {
  const lock_guard lock(guard_);
  return "Thread-" + std::to_string(++last_name_);
}

void thread_registry::await_detached() {
  for (const auto& each : alive()) {
    if (each->detached.load() && !each->daemon && each.get() != mine) each->over.wait();
  }
}

// The lock is taken before a fork and given back on both sides, so that the child finds everything
// whole. The events of lost threads may be in any state, so nobody looks at those.

void thread_registry::before_fork() noexcept PAR_NO_THREAD_SAFETY_ANALYSIS {
  instance().guard_.lock();
}

void thread_registry::after_fork_in_parent() noexcept PAR_NO_THREAD_SAFETY_ANALYSIS {
  instance().guard_.unlock();
}

void thread_registry::after_fork_in_child() noexcept PAR_NO_THREAD_SAFETY_ANALYSIS {
  instance().keep_only_this_thread();
  instance().guard_.unlock();
}

void thread_registry::keep_only_this_thread() {
  for (const auto& each : alive_) {
    if (each.second.get() != mine) each.second->now.store(thread_state::lost);
  }
  main_ = mine != nullptr ? mine->shared_from_this() : nullptr;
  alive_.clear();
  if (main_ == nullptr) return;  // One that nobody has asked about: made when somebody does.
  main_->native_id.store(static_cast<std::uint32_t>(getpid()));
  alive_.emplace(main_->ident, main_);
}

}  // namespace par::inline PAR_ABI::detail
