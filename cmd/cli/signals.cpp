#include "cli/signals.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction and its kin.

#include <array>
#include <cerrno>

#include "cli/progress_request.h"
#include "cli/status_line.h"

namespace cli {
namespace {

// Handlers can only reach what is global.
std::atomic<bool> stop_requested = false;
std::atomic<int> first_signal = 0;

void install(int number, void (*handler)(int), int flags) noexcept {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigaction(number, &action, nullptr);
}

void reset_and_unblock(int number) noexcept {
  install(number, SIG_DFL, 0);
  sigset_t only;
  ::sigemptyset(&only);
  ::sigaddset(&only, number);
  ::pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
}

void on_ending(int number) {
  const int saved = errno;
  int none = 0;
  if (first_signal.compare_exchange_strong(none, number)) {
    stop_requested = true;
  } else {
    erase_status_in_handler(true);
    end_by(number);
  }
  errno = saved;
}

void on_suspend(int number) {
  const int saved = errno;
  erase_status_in_handler(false);
  reset_and_unblock(number);
  static_cast<void>(::raise(number));  // Returns when the process is continued.
  install(number, on_suspend, SA_RESTART);
  errno = saved;
}

void on_question(int) {
  const int saved = errno;
  request_progress();
  errno = saved;
}

struct disposition {
  int number;
  void (*handler)(int);
  int flags;
};

#ifdef SIGINFO
constexpr int terminal_question = SIGINFO;  // Ctrl-T, where there is such a thing.
#else
constexpr int terminal_question = SIGUSR1;
#endif

// The first three without SA_RESTART, so that a call which waits for input returns.
const std::array<disposition, signals::handled> ours = {
    {{SIGINT, on_ending, 0},
     {SIGTERM, on_ending, 0},
     {SIGHUP, on_ending, 0},
     {SIGTSTP, on_suspend, SA_RESTART},
     {SIGUSR1, on_question, SA_RESTART},
     {terminal_question, on_question, SA_RESTART},
     {SIGXFSZ, SIG_IGN, 0},
     {SIGPIPE, SIG_IGN, 0}}};

}  // namespace

signals::signals() {
  stop_requested = false;
  first_signal = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    ::sigaction(ours[i].number, nullptr, &previous_[i]);
    const bool was_ignored = previous_[i].sa_handler == SIG_IGN;
    if (!was_ignored) install(ours[i].number, ours[i].handler, ours[i].flags);
  }
}

// In reverse, as one number may stand there twice.
signals::~signals() {
  for (std::size_t i = ours.size(); i-- > 0;) {
    ::sigaction(ours[i].number, &previous_[i], nullptr);
  }
}

const std::atomic<bool>& signals::stop() const noexcept {
  return stop_requested;
}

int signals::caught() const noexcept {
  return first_signal;
}

bool signals::pipe_was_ignored() const noexcept {
  return previous_.back().sa_handler == SIG_IGN;
}

int end_by(int signal) noexcept {
  reset_and_unblock(signal);
  static_cast<void>(::raise(signal));
  return 128 + signal;
}

}  // namespace cli
