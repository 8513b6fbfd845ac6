#include "cli/write_all.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace cli {
namespace {

// A terminal shared with a program that made it non-blocking may be full for a while.
void wait_until_writable(int descriptor) noexcept {
  pollfd ready{descriptor, POLLOUT, 0};
  ::poll(&ready, 1, -1);
}

}  // namespace

int write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
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
