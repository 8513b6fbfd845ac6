#include "par/pools/thread.h"

#include <stdexcept>
#include <system_error>

#include "run_thread.h"
#include "thread_registry.h"
#include "thread_state.h"

namespace par::inline PAR_ABI {

using detail::thread_registry;
using detail::thread_state;

void thread::make(thread_options options, body f) {
  thread_registry& registry = thread_registry::instance();
  state_ = std::make_shared<thread_state>();
  state_->name = options.name.empty() ? registry.next_name() : std::move(options.name);
  state_->daemon = options.daemon ? *options.daemon : registry.current()->daemon;
  state_->cpus = std::move(options.cpus);
  state_->stack_size = options.stack_size;
  state_->body = std::move(f);
  if (!options.deferred) start();
}

thread::~thread() {
  let_go();
}

thread& thread::operator=(thread&& other) noexcept {
  if (this == &other) return *this;
  let_go();
  state_ = std::exchange(other.state_, nullptr);
  return *this;
}

// A thread that destroys its own owner ends the process, as with std's.
void thread::let_go() noexcept {  // NOLINT(bugprone-exception-escape)
  if (!joinable() || state_->is(thread_state::lost)) return;
  request_stop();
  state_->daemon ? detach() : join();
}

void thread::start() {
  if (state_ == nullptr || !state_->is(thread_state::made)) {
    throw std::logic_error("thread: can be started once only");
  }
  detail::run_thread(state_);
}

void thread::set_daemon(bool daemon) {
  if (state_ == nullptr || !state_->is(thread_state::made)) {
    throw std::logic_error("thread: becomes a daemon before it starts or never");
  }
  state_->daemon = daemon;
}

bool thread::request_stop() noexcept {
  // What a lost thread was about to do with its stop state is not known.
  return state_ != nullptr && !state_->is(thread_state::lost) && state_->stop.request_stop();
}

std::stop_token thread::get_stop_token() const noexcept {
  return state_ != nullptr ? state_->stop.get_token() : std::stop_token();
}

bool thread::joinable() const noexcept {
  return state_ != nullptr && !state_->is(thread_state::made) && !state_->joined &&
         !state_->detached.load();
}

void thread::require_joinable() const {
  if (!joinable()) {
    throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                            "thread: not joinable");
  }
}

void thread::require_other() const {
  if (state_ == thread_registry::instance().current()) {
    throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur),
                            "thread: waits for itself");
  }
}

void thread::join() {
  require_joinable();
  require_other();
  state_->joined = true;
  if (!state_->is(thread_state::lost)) pthread_join(state_->pthread, nullptr);
}

bool thread::join_until(deadline until, const std::stop_token& stop) {
  require_joinable();
  require_other();
  if (!handle().wait_until(until, stop)) return false;
  join();
  return true;
}

void thread::detach() {
  require_joinable();
  state_->detached.store(true);
  if (!state_->is(thread_state::lost)) pthread_detach(state_->pthread);
}

thread_handle thread::handle() const {
  if (state_ == nullptr) throw std::logic_error("thread: there is none");
  return thread_handle(state_);
}

thread_handle thread::current() {
  return thread_handle(thread_registry::instance().current());
}

thread_handle thread::main_thread() {
  return thread_handle(thread_registry::instance().main_thread());
}

std::vector<thread_handle> thread::enumerate() {
  std::vector<thread_handle> all;
  for (auto& each : thread_registry::instance().alive()) {
    all.push_back(thread_handle(std::move(each)));
  }
  return all;
}

std::size_t thread::active_count() {
  return thread_registry::instance().count();
}

}  // namespace par::inline PAR_ABI
