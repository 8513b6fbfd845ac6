#include "fib/shell/read_input.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace fib {

namespace {

// For a descriptor that somebody has made non-blocking.
void wait_for_input() {
  pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  ::poll(&input, 1, -1);
}

}  // namespace

par::expected<std::size_t, int> read_input(std::span<char> into, const std::atomic<bool>& stop) {
  while (!stop.load(std::memory_order_relaxed)) {  // A flag alone.
    const ssize_t size = ::read(STDIN_FILENO, into.data(), into.size());
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno == EAGAIN) {
      wait_for_input();
    } else if (errno != EINTR) {
      return par::unexpected<int>(errno);
    }
  }
  return 0;
}

}  // namespace fib
