#include "par/processes/process.h"

#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <system_error>

#include "child_process.h"
#include "process_handle.h"
#include "start/launch.h"
#include "this_process.h"

namespace par::inline PAR_ABI {

process::process() noexcept = default;

process::process(process_options options, detail::process_work work)
    : options_(std::move(options)), work_(std::move(work)) {
  if (!options_.deferred) start();
}

process::process(process&& other) noexcept = default;

process& process::operator=(process&& other) noexcept {
  if (this == &other) return *this;
  let_go();
  options_ = std::move(other.options_);
  work_ = std::move(other.work_);
  child_ = std::move(other.child_);
  return *this;
}

process::~process() {
  let_go();
}

// In another process than the one that started it there is nothing to wait for, nor where this
// process has given up the rights to kill its daemon: that one ends with it.
void process::let_go() noexcept {  // NOLINT(bugprone-exception-escape): nothing is left to fail.
  if (!child_ || !child_->is_ours() || child_->status()) return;
  try {
    if (options_.daemon) kill();
  } catch (const std::system_error&) {
    return;
  }
  join();
}

// What was captured belongs to the child once it runs: ends of pipes are closed here.
void process::start() {
  if (child_ || !work_.run) throw std::logic_error("process: can be started once only");
  if (detail::this_process().daemon) throw std::logic_error("process: a daemon has no children");
  const std::string number = detail::next_child_number();
  if (options_.name.empty()) options_.name = "Process-" + number;
  detail::child_start begin = {.identity = {.name = options_.name,
                                            .number = number,
                                            .parent = getpid(),
                                            .daemon = options_.daemon},
                               .cpus = options_.cpus};
  if (options_.daemon) begin.parent = detail::open_process(getpid());
  child_ = std::make_unique<detail::child_process>(
      detail::launch(options_.start, std::move(begin), work_));
  work_ = {};
}

detail::child_process& process::require_child() const {
  if (!child_) throw std::logic_error("process: not started");
  if (!child_->is_ours()) throw std::logic_error("process: a child of another process");
  return *child_;
}

bool process::join_until(deadline until, const std::stop_token& stop) {
  return require_child().join_until(until, stop);
}

bool process::is_alive() {
  return child_ && !status();
}

std::optional<exit_status> process::status() {
  if (!child_) return {};
  if (!child_->status()) static_cast<void>(join_for(std::chrono::seconds(0)));
  return child_->status();
}

std::optional<remote_error> process::error() {
  if (!status()) return {};
  return child_->error();
}

void process::terminate() {
  send_signal(SIGTERM);
}

void process::kill() {
  send_signal(SIGKILL);
}

void process::send_signal(int number) {
  require_child().send_signal(number);
}

pid_t process::pid() const noexcept {
  return child_ ? child_->number() : 0;
}

int process::native_handle() const noexcept {
  return child_ ? child_->handle().get() : -1;
}

process_info process::current() {
  const detail::process_identity& own = detail::this_process();
  return {.name = own.name,
          .pid = getpid(),
          .parent = own.parent != 0 ? own.parent : getppid(),
          .daemon = own.daemon};
}

}  // namespace par::inline PAR_ABI
