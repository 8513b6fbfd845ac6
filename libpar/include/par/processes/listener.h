// Where processes that are no relatives meet: one listens, the others connect, all have the key.
//
//   par::listener door({.address = "/run/user/1000/sorter"});      // or "localhost:7000", or none
//   ... give door.address() and door.key() to those who are to come ...
//   par::connection guest = door.accept();
//
//   par::connection host = par::connect(address, key);             // in another process
//
// Both sides prove that they have the key, each by an HMAC-SHA256 of random numbers that both
// chose. What follows is neither encrypted nor signed: across a network it can be read and changed
// by who sits on the wire. Both are programs for the same kind of machine.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "par/base/deadline.h"
#include "par/processes/authentication_key.h"
#include "par/processes/connection.h"

namespace par::inline PAR_ABI {

struct listener_options {
  // With a '/': the path of a socket, removed with the listener. "@name": an abstract one, which
  // ends with its process and is seen by all on this machine. "host:port", "[::1]:port": TCP; port
  // 0 is any that is free, no host is all of this machine's. Empty: "@" and a name of its own.
  std::string address = {};
  authentication_key key = authentication_key::random();
  int backlog = 128;  // How many may knock while nobody accepts; the system may cut it.
  // For a peer to prove itself, from the moment that accept() meets it.
  std::chrono::nanoseconds patience = std::chrono::seconds(10);
};

// One thread at a time accepts; the rest is constant. Peers are met and tested while somebody is in
// accept(), many at once, so one that is silent, slow or a stranger keeps nobody waiting, and is
// not heard of. Of 64 who have not proved themselves the oldest is dropped for the next to come,
// after a second.
class listener {
 public:
  // Throws std::system_error if it cannot listen there, std::invalid_argument if the address is
  // none or the key is empty.
  explicit listener(listener_options options = {});
  ~listener();
  listener(listener&&) noexcept;
  listener& operator=(listener&&) noexcept;

  // The next peer that has the key. Throws std::system_error, too_many_files_open for instance, and
  // can be called again then; std::logic_error if closed.
  [[nodiscard]] connection accept() { return *accept_until(deadline::never()); }
  // Empty: nobody is through yet; a stop was requested; the time was up.
  [[nodiscard]] std::optional<connection> try_accept() {
    return accept_until(deadline::in(std::chrono::seconds(0)));
  }
  [[nodiscard]] std::optional<connection> accept(const std::stop_token& stop) {
    return accept_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  [[nodiscard]] std::optional<connection> accept_for(std::chrono::duration<Rep, Period> span,
                                                     const std::stop_token& stop = {}) {
    return accept_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] std::optional<connection> accept_until(
      std::chrono::time_point<Clock, Duration> time, const std::stop_token& stop = {}) {
    return accept_until(deadline::at(time), stop);
  }
  [[nodiscard]] std::optional<connection> accept_until(deadline until,
                                                       const std::stop_token& stop = {});

  // Nobody can connect any more; those who were accepted stay.
  void close() noexcept;
  [[nodiscard]] bool closed() const noexcept { return state_ == nullptr; }

  // For connect(), with the port that the system chose. Throw std::logic_error if closed.
  [[nodiscard]] const std::string& address() const;
  [[nodiscard]] const authentication_key& key() const;

 private:
  struct state;
  [[nodiscard]] state& open() const;

  std::unique_ptr<state> state_;
};

// Waits until whoever listens there has accepted. Throws authentication_error if either side does
// not have the key; std::system_error if nobody listens (connection_refused,
// no_such_file_or_directory), the time was up (timed_out) or a stop was requested
// (operation_canceled). Looking up the name of a host may take longer.
[[nodiscard]] connection connect(const std::string& address, const authentication_key& key,
                                 deadline until = deadline::never(),
                                 const std::stop_token& stop = {});

}  // namespace par::inline PAR_ABI
