#include "process_id.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <string_view>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Both parts in one, so that threads see them together; 0: to be asked for.
atomic<std::uint64_t> known_id = 0;

// The child of a fork is another process.
const int forget_at_fork = pthread_atfork(nullptr, nullptr, [] { known_id.store(0); });

// The 22nd word of /proc/N/stat; the second one is a name that may hold anything, in parentheses.
std::uint32_t start_in(std::string_view text) noexcept {
  text.remove_prefix(std::min(text.size(), text.rfind(')')));
  for (int word = 2; word < 22; ++word) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return 0;
    text.remove_prefix(blank + 1);
  }
  std::uint64_t ticks = 0;
  std::from_chars(text.data(), text.data() + text.size(), ticks);
  return static_cast<std::uint32_t>(ticks);
}

std::uint32_t start_of(std::uint32_t number) noexcept {
  std::array<char, 32> path{};
  static_cast<void>(std::snprintf(path.data(), path.size(), "/proc/%u/stat", number));
  const descriptor file(::open(path.data(), O_RDONLY | O_CLOEXEC));
  std::array<char, 1024> text{};
  const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : 0;
  return size > 0 ? start_in({text.data(), static_cast<std::size_t>(size)}) : 0;
}

}  // namespace

process_id this_process_id() noexcept {
  std::uint64_t id = known_id.load(std::memory_order_relaxed);  // It is all there is to see.
  if (id == 0) {
    static_cast<void>(forget_at_fork);
    const auto number = static_cast<std::uint32_t>(::getpid());
    id = std::uint64_t{start_of(number)} << 32 | number;
    known_id.store(id, std::memory_order_relaxed);
  }
  return {.number = static_cast<std::uint32_t>(id),
          .started = static_cast<std::uint32_t>(id >> 32)};
}

bool process_watch::has_ended(process_id who) noexcept {
  if (who != watched_) {
    watched_ = {};
    handle_.reset(static_cast<int>(::syscall(SYS_pidfd_open, who.number, 0)));
    if (!handle_ && errno == ESRCH) return true;
    const std::uint32_t started = who.started == 0 ? 0 : start_of(who.number);
    if (started != 0 && started != who.started) return true;
    watched_ = who;
  }
  if (!handle_) return ::kill(static_cast<pid_t>(who.number), 0) == -1 && errno == ESRCH;
  pollfd file{.fd = handle_.get(), .events = POLLIN, .revents = 0};
  return ::poll(&file, 1, 0) == 1;
}

}  // namespace par::inline PAR_ABI::detail
