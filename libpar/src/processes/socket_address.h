// Addresses of listeners, as text and as the system has them.
#pragma once

#include <sys/socket.h>

#include <string>
#include <vector>

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

struct socket_address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] int family() const noexcept { return storage.ss_family; }
  [[nodiscard]] const sockaddr* get() const noexcept {
    return reinterpret_cast<const sockaddr*>(&storage);  // NOLINT(*-reinterpret-cast)
  }
  [[nodiscard]] sockaddr* get() noexcept {
    return reinterpret_cast<sockaddr*>(&storage);  // NOLINT(*-reinterpret-cast)
  }
};

// "@name": an abstract one; with a '/': a path; otherwise "host:port", which may stand for several.
// Throws std::invalid_argument, std::system_error.
std::vector<socket_address> resolve(const std::string& address, bool to_listen);

// What resolve() takes, of the socket's own end.
std::string address_of(const descriptor& socket);

// Closed on exec, and no call on it waits.
descriptor make_socket(int family);

// Small messages go at once, and a machine that vanished is noticed after a time.
void tune(const descriptor& socket);

void let_calls_wait(const descriptor& socket);

}  // namespace par::inline PAR_ABI::detail
