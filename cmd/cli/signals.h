// What happens on the signals that a command may get.
#pragma once

#include <signal.h>

#include <array>
#include <atomic>
#include <cstddef>

namespace cli {

// While it lives, in two steps: the first SIGINT, SIGTERM or SIGHUP makes stop() true; whatever
// waits in a system call gets EINTR, on the main thread. The second one erases the status line and
// ends the process at once. Those that were ignored at the start (as nohup does) stay ignored.
// SIGTSTP (Ctrl-Z) erases the status line before it stops the process. SIGUSR1, and SIGINFO where
// there is one, ask for a line of progress (progress_request.h). SIGPIPE and SIGXFSZ are ignored,
// so that writes fail with EPIPE and EFBIG instead. REQUIRES: one at a time.
class signals {
 public:
  static constexpr std::size_t handled = 8;

  signals();
  ~signals();  // Puts back what was there before.

  signals(const signals&) = delete;
  signals& operator=(const signals&) = delete;

  [[nodiscard]] const std::atomic<bool>& stop() const noexcept;
  [[nodiscard]] int caught() const noexcept;  // The first signal, 0 if none came.

  // Whether the one who started us wants EPIPE reported rather than a quiet end.
  [[nodiscard]] bool pipe_was_ignored() const noexcept;

 private:
  std::array<struct sigaction, handled> previous_;
};

// Ends the process by the signal, so that the shell sees what a program without handlers would show
// it: 130 for SIGINT. Returns that number only if the signal does not end the process.
int end_by(int signal) noexcept;

}  // namespace cli
