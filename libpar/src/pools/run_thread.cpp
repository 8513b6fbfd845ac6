#include "run_thread.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "handle_thread_exception.h"
#include "thread_registry.h"

namespace par::inline PAR_ABI::detail {
namespace {

void require(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// A new thread starts with its creator's signal mask, so the mask is set around the creation.
class asynchronous_signals_blocked {
 public:
  asynchronous_signals_blocked() {
    sigset_t blocked;
    sigfillset(&blocked);
    // Raised by the thread's own instructions; blocking these would end the process silently.
    for (const int synchronous : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) {
      sigdelset(&blocked, synchronous);
    }
    pthread_sigmask(SIG_SETMASK, &blocked, &before_);
  }
  ~asynchronous_signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  asynchronous_signals_blocked(const asynchronous_signals_blocked&) = delete;
  asynchronous_signals_blocked& operator=(const asynchronous_signals_blocked&) = delete;

 private:
  sigset_t before_;
};

class attributes {
 public:
  explicit attributes(const thread_state& state) {
    require(pthread_attr_init(&attributes_), "thread");
    try {
      if (state.stack_size > 0) {
        require(pthread_attr_setstacksize(&attributes_, state.stack_size), "thread: stack size");
      }
      if (!state.cpus.empty()) pin(state.cpus);
    } catch (...) {
      pthread_attr_destroy(&attributes_);
      throw;
    }
  }
  ~attributes() { pthread_attr_destroy(&attributes_); }

  attributes(const attributes&) = delete;
  attributes& operator=(const attributes&) = delete;

  [[nodiscard]] const pthread_attr_t* get() const { return &attributes_; }

 private:
  void pin(const std::vector<int>& cpus) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int cpu : cpus) {
      if (cpu < 0 || cpu >= CPU_SETSIZE) require(EINVAL, "thread: no such processor");
      CPU_SET(static_cast<std::size_t>(cpu), &set);
    }
    require(pthread_attr_setaffinity_np(&attributes_, sizeof set, &set), "thread: processors");
  }

  pthread_attr_t attributes_{};
};

// Again if it was changed meanwhile: see thread_handle::set_name.
void tell_system_name(const thread_state& state) {
  thread_registry& registry = thread_registry::instance();
  for (std::string told, name = registry.name_of(state); told != name;
       name = registry.name_of(state)) {
    constexpr std::size_t kept_by_linux = 15;
    pthread_setname_np(pthread_self(), name.substr(0, kept_by_linux).c_str());
    told = name;
  }
}

void call_body(const std::shared_ptr<thread_state>& state) {
  try {
    state->body(state->stop.get_token());
  } catch (...) {
    if (std::current_exception() == nullptr) throw;  // pthread_exit, or a cancellation: no error.
    handle_thread_exception(thread_state::handle_of(state));
  }
}

// However the function ends.
class ending {
 public:
  explicit ending(const std::shared_ptr<thread_state>& state) : state_(state) {}
  ~ending() {
    state_->body.reset();
    thread_registry::instance().remove(*state_);
    state_->now.store(thread_state::ended);
    thread_registry::set_current(nullptr);
    state_->over.set();
  }

  ending(const ending&) = delete;
  ending& operator=(const ending&) = delete;

 private:
  const std::shared_ptr<thread_state>& state_;
};

extern "C" void* par_thread_main(void* argument) {
  const std::unique_ptr<std::shared_ptr<thread_state>> handed(
      static_cast<std::shared_ptr<thread_state>*>(argument));
  const std::shared_ptr<thread_state>& state = *handed;
  thread_registry::set_current(state.get());
  state->native_id.store(static_cast<std::uint32_t>(gettid()));
  futex_wake_all(state->native_id);
  tell_system_name(*state);
  const ending at_end(state);
  call_body(state);
  return nullptr;
}

}  // namespace

void run_thread(const std::shared_ptr<thread_state>& state) {
  const attributes with(*state);
  auto handed = std::make_unique<std::shared_ptr<thread_state>>(state);
  thread_registry& registry = thread_registry::instance();
  registry.add(state);
  const asynchronous_signals_blocked guard;
  const int error = pthread_create(&state->pthread, with.get(), par_thread_main, handed.get());
  if (error != 0) {
    registry.remove(*state);
    state->now.store(thread_state::made);
    require(error, "thread: cannot start");
  }
  [[maybe_unused]] const auto* const threads_now = handed.release();
}

}  // namespace par::inline PAR_ABI::detail
