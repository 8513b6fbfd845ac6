// A daemon whose children end with it, however it ends.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "par/pools/thread.h"

namespace {

constexpr int children = 3;

// All the children hold the writing end; reading gives nothing but an end when the last is gone.
struct pipe_ends {
  int read_end;
  int write_end;
};

pipe_ends make_pipe() {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) {
    std::perror("pipe");
    _exit(1);
  }
  return {ends[0], ends[1]};
}

// The kernel sends the signal when the parent dies, also by SIGKILL. A parent that died before the
// request was made is noticed by its number.
[[noreturn]] void live_with_parent(pid_t parent, int alive) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  if (write(alive, "+", 1) != 1) _exit(1);
  for (;;) pause();
}

// The signal follows the thread that forked: here the daemon's main thread, which lives as long as
// the process does.
[[noreturn]] void run_daemon(int alive) {
  const pid_t self = getpid();
  for (int i = 0; i < children; ++i) {
    if (fork() == 0) live_with_parent(self, alive);
  }
  for (;;) pause();
}

int count_bytes(int from, int most) {
  int count = 0;
  for (char c = 0; count < most && read(from, &c, 1) == 1;) ++count;
  return count;
}

}  // namespace

int main() {
  const auto [alive, tell] = make_pipe();
  const pid_t daemon = fork();
  if (daemon == 0) run_daemon(tell);
  close(tell);
  std::cout << "the daemon has " << count_bytes(alive, children) << " children\n";

  kill(daemon, SIGKILL);
  waitpid(daemon, nullptr, 0);
  const bool all_gone = count_bytes(alive, 1) == 0;
  std::cout << "the daemon is killed, and its children are " << (all_gone ? "gone" : "there")
            << '\n';

  // The same among threads: a daemon is left when the program ends.
  par::thread background({.name = "background", .daemon = true}, [] {
    for (;;) pause();
  });
  background.detach();
  std::cout << "a daemon thread does not keep the program from ending\n";
}
