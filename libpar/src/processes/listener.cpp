#include "par/processes/listener.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <list>
#include <stdexcept>
#include <utility>
#include <vector>

#include "handshake.h"
#include "poll_files.h"
#include "socket_address.h"
#include "system_call.h"

namespace par::inline PAR_ABI {
namespace {

constexpr std::size_t most_strangers = 64;

// Time enough to answer for any peer that means to; then it may have to make room.
constexpr std::chrono::seconds grace(1);

std::string fresh_name() {
  const detail::nonce random = detail::fresh_nonce();
  std::string name = "@par-";
  for (const std::byte each : std::span(random).first(16)) {
    constexpr std::string_view digits = "0123456789abcdef";
    name += digits[std::to_integer<std::size_t>(each >> 4)];
    name += digits[std::to_integer<std::size_t>(each & std::byte{15})];
  }
  return name;
}

descriptor listen_at(const std::string& address, int backlog) {
  const std::vector<detail::socket_address> all = detail::resolve(address, true);
  const detail::socket_address& first = all.front();
  descriptor socket = detail::make_socket(first.family());
  const int on = 1;
  detail::checked(::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "listen");
  detail::checked(::bind(socket.get(), first.get(), first.size),
                  ("listen at '" + address + "'").c_str());
  detail::checked(::listen(socket.get(), backlog), "listen");
  return socket;
}

// The system's buffer is empty, so there is room for a few bytes unless the peer has gone.
template <class Message>
bool tell(const descriptor& socket, const Message& message) {
  const ssize_t sent = detail::uninterrupted(
      [&] { return ::send(socket.get(), &message, sizeof message, MSG_NOSIGNAL); });
  return sent == static_cast<ssize_t>(sizeof message);
}

enum class progress : std::uint8_t { waits, answered, gone };

// What accept() fails with because of this one peer, not of us.
bool is_fault_of_peer(int error) {
  return error != EMFILE && error != ENFILE && error != ENOBUFS && error != ENOMEM &&
         error != EBADF && error != EINVAL;
}

bool sooner(const deadline& a, const deadline& b) {
  return a.time() < b.time();
}

}  // namespace

struct listener::state {
  // Has connected, and not proved yet that it has the key.
  struct stranger {
    descriptor socket;
    detail::challenge asked;
    deadline until;
    deadline spared;  // Until then it does not have to make room.
    detail::answer said{};
    std::size_t heard = 0;  // Bytes of what it said.
  };

  explicit state(listener_options options);
  ~state() {
    if (!path.empty() && owner == getpid()) ::unlink(path.c_str());
  }
  state(const state&) = delete;
  state& operator=(const state&) = delete;

  static progress hear(stranger& who);
  [[nodiscard]] bool has_room() const {
    return strangers.size() < most_strangers || strangers.front().spared.passed();
  }
  void meet();
  std::optional<connection> test(stranger& who) const;
  std::optional<connection> advance();
  [[nodiscard]] bool wait(deadline until, const std::stop_token& stop) const;

  descriptor socket;
  std::string address;
  std::string path;  // To be removed; empty: none.
  pid_t owner = getpid();
  authentication_key key;
  std::chrono::nanoseconds patience;
  std::list<stranger> strangers;  // The oldest first.
};

listener::state::state(listener_options options)
    : key(std::move(options.key)), patience(options.patience) {
  detail::require_key(key);
  if (options.address.empty()) options.address = fresh_name();
  socket = listen_at(options.address, options.backlog);
  address = detail::address_of(socket);
  if (address.find('/') != std::string::npos) path = address;
}

progress listener::state::hear(stranger& who) {
  const auto into = std::as_writable_bytes(std::span(&who.said, 1)).subspan(who.heard);
  const ssize_t got =
      detail::uninterrupted([&] { return ::recv(who.socket.get(), into.data(), into.size(), 0); });
  if (got == -1 && errno == EAGAIN) return progress::waits;
  if (got <= 0) return progress::gone;
  who.heard += static_cast<std::size_t>(got);
  return who.heard == sizeof who.said ? progress::answered : progress::waits;
}

void listener::state::meet() {
  while (has_room()) {
    const int got = detail::uninterrupted(
        [&] { return ::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK); });
    if (got == -1 && errno == EAGAIN) return;
    if (got == -1 && is_fault_of_peer(errno)) continue;
    stranger who{.socket = descriptor(detail::checked(got, "accept")),
                 .asked = detail::make_challenge(),
                 .until = deadline::in(patience),
                 .spared = deadline::in(grace)};
    if (!tell(who.socket, who.asked)) continue;
    if (strangers.size() == most_strangers) strangers.pop_front();
    strangers.push_back(std::move(who));
  }
}

std::optional<connection> listener::state::test(stranger& who) const {
  const detail::verdict verdict = detail::make_verdict(key, who.asked, who.said);
  if (!tell(who.socket, verdict) || verdict.accepted == std::byte{0}) return {};
  detail::tune(who.socket);
  detail::let_calls_wait(who.socket);
  return connection(std::move(who.socket));
}

// Does what can be done without waiting.
std::optional<connection> listener::state::advance() {
  for (auto at = strangers.begin(); at != strangers.end();) {
    const progress made = hear(*at);
    if (made == progress::waits && !at->until.passed()) {
      ++at;
      continue;
    }
    stranger who = std::move(*at);
    at = strangers.erase(at);
    if (made != progress::answered) continue;
    if (auto through = test(who)) return through;
  }
  meet();
  return {};
}

// True: there is something to do.
bool listener::state::wait(deadline until, const std::stop_token& stop) const {
  std::vector<pollfd> files = {
      {.fd = has_room() ? socket.get() : -1, .events = POLLIN, .revents = 0}};
  deadline first = until;
  if (!has_room()) first = std::min(first, strangers.front().spared, sooner);
  for (const stranger& each : strangers) {
    files.push_back({.fd = each.socket.get(), .events = POLLIN, .revents = 0});
    first = std::min(first, each.until, sooner);
  }
  return detail::poll_files(files, first, stop) || (!stop.stop_requested() && first.passed());
}

listener::listener(listener_options options)
    : state_(std::make_unique<state>(std::move(options))) {}

listener::~listener() = default;
listener::listener(listener&&) noexcept = default;
listener& listener::operator=(listener&&) noexcept = default;

std::optional<connection> listener::accept_until(deadline until, const std::stop_token& stop) {
  state& self = open();
  do {
    if (auto through = self.advance()) return through;
  } while (self.wait(until, stop) && !until.passed());
  return {};
}

void listener::close() noexcept {
  state_.reset();
}

listener::state& listener::open() const {
  if (closed()) throw std::logic_error("listener: closed");
  return *state_;
}

const std::string& listener::address() const {
  return open().address;
}

const authentication_key& listener::key() const {
  return open().key;
}

}  // namespace par::inline PAR_ABI
