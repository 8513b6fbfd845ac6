#include "poll_files.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <vector>

#include "par/processes/descriptor.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Rounded up, so that the deadline has passed when poll says so.
timespec left_until(deadline until) {
  const auto left = std::max(until.time() - deadline::clock::now(), deadline::clock::duration());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  timespec time{};
  time.tv_sec = seconds.count();
  time.tv_nsec = std::chrono::nanoseconds(left - seconds).count();
  return time;
}

bool poll_once_or_more(std::span<pollfd> files, deadline until) {
  for (;;) {
    const timespec left = until.is_never() ? timespec{} : left_until(until);
    const int ready =
        ::ppoll(files.data(), files.size(), until.is_never() ? nullptr : &left, nullptr);
    if (ready == 0) return false;
    if (ready > 0) return true;
    if (errno != EINTR) checked(ready, "poll");
  }
}

// Where no descriptor is left for it, a stop is looked for now and then.
bool poll_and_look_for(const std::stop_token& stop, std::span<pollfd> files, deadline until) {
  for (;;) {
    const deadline look = deadline::in(std::chrono::milliseconds(10));
    if (poll_once_or_more(files, until.time() < look.time() ? until : look)) return true;
    if (stop.stop_requested() || until.passed()) return false;
  }
}

}  // namespace

bool poll_files(std::span<pollfd> files, deadline until, const std::stop_token& stop) {
  if (!stop.stop_possible()) return poll_once_or_more(files, until);

  // A request of a stop becomes an event like any other.
  const descriptor stopped(::eventfd(0, EFD_CLOEXEC));
  if (!stopped) return poll_and_look_for(stop, files, until);
  const std::stop_callback wake(stop, [number = stopped.get()] {
    const std::uint64_t one = 1;
    static_cast<void>(::write(number, &one, sizeof one));  // Cannot fail: the counter is 0.
  });
  std::vector<pollfd> all(files.begin(), files.end());
  all.push_back({.fd = stopped.get(), .events = POLLIN, .revents = 0});
  if (!poll_once_or_more(all, until)) return false;
  bool any = false;
  for (std::size_t i = 0; i < files.size(); ++i) {
    files[i].revents = all[i].revents;
    any = any || files[i].revents != 0;
  }
  return any;
}

}  // namespace par::inline PAR_ABI::detail
