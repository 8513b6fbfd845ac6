#include "par/processes/process.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "child.h"
#include "poll_files.h"
#include "process_handle.h"
#include "system_call.h"
#include "this_process.h"

namespace par::inline PAR_ABI {

process::process(process_options options, unique_function<int()> body)
    : options_(std::move(options)), body_(std::move(body)) {
  if (!options_.deferred) start();
}

process::process(process&& other) noexcept
    : options_(std::move(other.options_)),
      body_(std::move(other.body_)),
      pid_(std::exchange(other.pid_, 0)),
      owner_(std::exchange(other.owner_, 0)),
      handle_(std::move(other.handle_)),
      errors_(std::move(other.errors_)),
      status_(std::exchange(other.status_, {})),
      error_(std::exchange(other.error_, {})) {}

process& process::operator=(process&& other) noexcept {
  if (this == &other) return *this;
  let_go();
  options_ = std::move(other.options_);
  body_ = std::move(other.body_);
  pid_ = std::exchange(other.pid_, 0);
  owner_ = std::exchange(other.owner_, 0);
  handle_ = std::move(other.handle_);
  errors_ = std::move(other.errors_);
  status_ = std::exchange(other.status_, {});
  error_ = std::exchange(other.error_, {});
  return *this;
}

process::~process() {
  let_go();
}

// In another process than the one that started it there is nothing to wait for.
void process::let_go() noexcept {  // NOLINT(bugprone-exception-escape): nothing is left to fail.
  if (pid_ == 0 || owner_ != getpid() || status_) return;
  if (options_.daemon) kill();
  join();
}

void process::start() {
  if (pid_ != 0 || !body_) throw std::logic_error("process: can be started once only");
  if (detail::this_process().daemon) throw std::logic_error("process: a daemon has no children");
  const std::string number = detail::next_child_number();
  if (options_.name.empty()) options_.name = "Process-" + number;
  auto [mine, its] = pipe(false);
  const detail::child_start begin = {
      .parent = getpid(), .daemon = options_.daemon, .cpus = options_.cpus};
  detail::flush_standard_streams();
  const pid_t child = detail::checked(::fork(), "fork");
  if (child == 0) {
    mine.close();
    detail::become({.name = options_.name, .number = number, .daemon = options_.daemon});
    detail::run_child(begin, std::move(body_), std::move(its));
  }
  be_parent(child, std::move(mine));
}

// What was captured belongs to the child from now on: ends of pipes are closed here.
void process::be_parent(pid_t child, connection errors) {
  body_ = {};
  try {
    handle_ = detail::open_process(child);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::no_such_process) {
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
      throw;
    }
    status_ = exit_status::unknown();  // SIGCHLD is ignored, so a dead child is forgotten at once.
  }
  pid_ = child;
  owner_ = getpid();
  errors_ = std::move(errors);
}

void process::require_child() const {
  if (pid_ == 0) throw std::logic_error("process: not started");
  if (owner_ != getpid()) throw std::logic_error("process: a child of another process");
}

bool process::join_until(deadline until, const std::stop_token& stop) {
  require_child();
  if (status_) return true;
  pollfd file{.fd = handle_.get(), .events = POLLIN, .revents = 0};
  if (!detail::poll_files({&file, 1}, until, stop)) return false;
  reap();
  return true;
}

void process::reap() {
  status_ = detail::wait_for_exit(handle_);
  if (errors_.poll()) {
    try {
      auto [type, text] = errors_.recv<std::pair<std::string, std::string>>();
      error_.emplace(std::move(type), text);
    } catch (const end_of_stream&) {  // It threw nothing. NOLINT(bugprone-empty-catch)
    }
  }
  errors_.close();
}

bool process::is_alive() {
  return pid_ != 0 && !status();
}

std::optional<exit_status> process::status() {
  if (pid_ != 0 && !status_) static_cast<void>(join_for(std::chrono::seconds(0)));
  return status_;
}

std::optional<remote_error> process::error() {
  static_cast<void>(status());
  return error_;
}

void process::terminate() {
  send_signal(SIGTERM);
}

void process::kill() {
  send_signal(SIGKILL);
}

void process::send_signal(int number) {
  require_child();
  if (!status_) detail::send_signal(handle_, number);
}

process_info process::current() {
  const detail::process_identity& own = detail::this_process();
  return {.name = own.name, .pid = getpid(), .parent = getppid(), .daemon = own.daemon};
}

}  // namespace par::inline PAR_ABI
