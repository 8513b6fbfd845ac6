#include "child_process.h"

#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <utility>

#include "poll_files.h"
#include "process_handle.h"
#include "start/fork_server.h"

namespace par::inline PAR_ABI::detail {
namespace {

// How long a call that is not to wait waits for what the fork server says at once.
constexpr std::chrono::milliseconds longest_verdict(100);

deadline later(deadline a, deadline b) {
  return a.time() < b.time() ? b : a;
}

}  // namespace

child_process::child_process(launched_child child)
    : number_(child.number),
      owner_(getpid()),
      handle_(std::move(child.handle)),
      talk_(std::move(child.talk)),
      verdict_(std::move(child.verdict)) {
  if (!handle_) status_ = exit_status::unknown();
}

bool child_process::is_ours() const noexcept {
  return owner_ == getpid();
}

bool child_process::join_until(deadline until, const std::stop_token& stop) {
  if (status_) return true;
  pollfd file{.fd = handle_.get(), .events = POLLIN, .revents = 0};
  if (!poll_files({&file, 1}, until, stop)) return false;
  // Having ended, it counts as alive while a fork server that is held up keeps the verdict back.
  const deadline soon = deadline::in(longest_verdict);
  if (!verdict_.closed() && !verdict_.poll_until(later(until, soon), stop)) return false;
  reap();
  return true;
}

void child_process::reap() {
  status_ = verdict_.closed() ? wait_for_exit(handle_) : hear_verdict();
  if (talk_.poll()) {
    try {
      auto [type, text] = talk_.recv<std::pair<std::string, std::string>>();
      error_.emplace(std::move(type), text);
    } catch (const std::exception&) {  // It threw nothing. NOLINT(bugprone-empty-catch)
    }
  }
  talk_.close();
  verdict_.close();
}

exit_status child_process::hear_verdict() {
  try {
    const auto how = verdict_.recv<fork_verdict>();
    return how.signal == 0 ? exit_status::exited(how.code) : exit_status::killed(how.signal);
  } catch (const end_of_stream&) {
    return exit_status::unknown();
  }
}

void child_process::send_signal(int number) {
  if (!status_) detail::send_signal(handle_, number);
}

}  // namespace par::inline PAR_ABI::detail
