#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <span>
#include <system_error>
#include <vector>

#include "handshake.h"
#include "par/processes/listener.h"
#include "poll_files.h"
#include "socket_address.h"
#include "system_call.h"

namespace par::inline PAR_ABI {
namespace {

// How long a wait may last, and where it goes to.
struct attempt {
  const std::string& address;
  deadline until;
  const std::stop_token& stop;

  [[noreturn]] void fail(std::errc why) const {
    throw std::system_error(std::make_error_code(why), "connect to '" + address + "'");
  }

  void await(const descriptor& socket, short events) const {
    pollfd file{.fd = socket.get(), .events = events, .revents = 0};
    if (detail::poll_files({&file, 1}, until, stop)) return;
    fail(stop.stop_requested() ? std::errc::operation_canceled : std::errc::timed_out);
  }
};

// A port that nobody listens on can be the one that the system gives to the caller itself.
bool is_own_peer(const descriptor& socket) {
  detail::socket_address own;
  detail::socket_address other;
  own.size = other.size = sizeof own.storage;
  return ::getsockname(socket.get(), own.get(), &own.size) == 0 && own.family() != AF_UNIX &&
         ::getpeername(socket.get(), other.get(), &other.size) == 0 && own.size == other.size &&
         std::memcmp(&own.storage, &other.storage, own.size) == 0;
}

// 0, or why not.
int end_of_connect(const descriptor& socket) {
  int error = 0;
  socklen_t size = sizeof error;
  detail::checked(::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size), "connect");
  return error == 0 && is_own_peer(socket) ? ECONNREFUSED : error;
}

// Of a full backlog of a local socket the system does not say when there is room again.
constexpr auto pause_at_full_backlog = std::chrono::milliseconds(5);

int connect_one(const descriptor& socket, const detail::socket_address& to, const attempt& how) {
  for (;;) {
    if (::connect(socket.get(), to.get(), to.size) == 0) return 0;
    switch (errno) {
      case EINPROGRESS:
      case EINTR:
        how.await(socket, POLLOUT);
        return end_of_connect(socket);
      case EAGAIN:
        if (how.until.passed()) how.fail(std::errc::timed_out);
        if (how.stop.stop_requested()) how.fail(std::errc::operation_canceled);
        static_cast<void>(detail::poll_files({}, deadline::in(pause_at_full_backlog), how.stop));
        break;
      default:
        return errno;
    }
  }
}

descriptor connect_any(const attempt& how) {
  int error = 0;
  for (const detail::socket_address& each : detail::resolve(how.address, false)) {
    descriptor socket = detail::make_socket(each.family());
    error = connect_one(socket, each, how);
    if (error == 0) return socket;
  }
  throw std::system_error(error, std::generic_category(), "connect to '" + how.address + "'");
}

template <class Message>
Message hear(const descriptor& socket, const attempt& how) {
  Message message;
  auto rest = std::as_writable_bytes(std::span(&message, 1));
  while (!rest.empty()) {
    const ssize_t got =
        detail::uninterrupted([&] { return ::recv(socket.get(), rest.data(), rest.size(), 0); });
    if (got == -1 && errno == EAGAIN) {
      how.await(socket, POLLIN);
      continue;
    }
    if (got == 0) how.fail(std::errc::connection_reset);
    rest = rest.subspan(static_cast<std::size_t>(detail::checked(got, "connect")));
  }
  return message;
}

}  // namespace

connection connect(const std::string& address, const authentication_key& key, deadline until,
                   const std::stop_token& stop) {
  detail::require_key(key);
  const attempt how{.address = address, .until = until, .stop = stop};
  descriptor socket = connect_any(how);
  const auto asked = hear<detail::challenge>(socket, how);
  if (asked.greeting != detail::greeting) {
    throw authentication_error("authentication: who listens is no listener of libpar");
  }
  const detail::answer mine = detail::make_answer(key, asked);
  // The system's buffer is empty: there is room.
  detail::checked(::send(socket.get(), &mine, sizeof mine, MSG_NOSIGNAL), "connect");
  detail::check_verdict(key, asked, mine, hear<detail::verdict>(socket, how));
  detail::tune(socket);
  detail::let_calls_wait(socket);
  return connection(std::move(socket));
}

}  // namespace par::inline PAR_ABI
