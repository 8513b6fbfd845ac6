#include "hang_up_watch.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "par/locks/lock_guard.h"
#include "processes/system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

void add_event(const descriptor& events, int file, std::uint64_t number) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
  event.data.u64 = number;
  checked(::epoll_ctl(events.get(), EPOLL_CTL_ADD, file, &event), "watch a socket");
}

}  // namespace

hang_up_watch::hang_up_watch()
    : events_(checked(::epoll_create1(EPOLL_CLOEXEC), "watch sockets")),
      woken_(checked(::eventfd(0, EFD_CLOEXEC), "make an eventfd")) {
  add_event(events_, woken_.get(), 0);
  runner_ = thread("manager watch", [this](const std::stop_token& stop) { run(stop); });
}

hang_up_watch::~hang_up_watch() {
  runner_.request_stop();
  const std::uint64_t one = 1;
  static_cast<void>(::write(woken_.get(), &one, sizeof one));  // Cannot fail: the counter is 0.
  runner_.join();
}

void hang_up_watch::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::array<epoll_event, 16> got;
    const int count = uninterrupted(
        [&] { return ::epoll_wait(events_.get(), got.data(), static_cast<int>(got.size()), -1); });
    for (int i = 0; i < count; ++i) {
      std::optional<std::stop_source> found;
      {
        const lock_guard lock(guard_);
        const auto at = waiting_.find(got[static_cast<std::size_t>(i)].data.u64);
        if (at != waiting_.end()) found = at->second;
      }
      if (found) found->request_stop();
    }
  }
}

hang_up_watch::watch::watch(hang_up_watch& by, int socket, const std::stop_source& stop)
    : by_(by), socket_(socket) {
  {
    const lock_guard lock(by_.guard_);
    number_ = ++by_.last_;
    by_.waiting_.emplace(number_, stop);
  }
  add_event(by_.events_, socket_, number_);
}

hang_up_watch::watch::~watch() {
  ::epoll_ctl(by_.events_.get(), EPOLL_CTL_DEL, socket_, nullptr);
  const lock_guard lock(by_.guard_);
  by_.waiting_.erase(number_);
}

}  // namespace par::inline PAR_ABI::detail
