#include "cli/write_all.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace cli {
namespace {

// A terminal shared with a program that made it non-blocking may be full for a while. Returns at a
// signal too.
void wait_until_writable(int descriptor) noexcept {
  pollfd ready{descriptor, POLLOUT, 0};
  ::poll(&ready, 1, -1);
}

bool is_writable_soon(int descriptor) noexcept {
  constexpr int patience = 1000;  // Milliseconds.
  pollfd ready{descriptor, POLLOUT, 0};
  int found = 0;
  do {
    found = ::poll(&ready, 1, patience);
  } while (found < 0 && errno == EINTR);
  return found > 0;
}

}  // namespace

int write_all(int descriptor, std::string_view text, const std::atomic<bool>* stop) noexcept {
  while (!text.empty()) {
    const bool is_stopping = stop != nullptr && *stop;
    if (is_stopping && !is_writable_soon(descriptor)) return ECANCELED;
    // So much a pipe that is writable takes at once.
    const std::size_t size =
        is_stopping ? std::min<std::size_t>(text.size(), PIPE_BUF) : text.size();
    const ssize_t written = ::write(descriptor, text.data(), size);
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      wait_until_writable(descriptor);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace cli
