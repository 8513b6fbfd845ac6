#include "socket_address.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/un.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

socket_address local_address(std::string_view name, bool abstract) {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  if (name.size() >= sizeof local.sun_path) {
    throw std::system_error(std::make_error_code(std::errc::filename_too_long),
                            "address of a listener");
  }
  if (name.find('\0') != std::string_view::npos) {
    throw std::invalid_argument("address of a listener: a null byte in it");
  }
  std::memcpy(local.sun_path, name.data(), name.size());
  if (abstract) local.sun_path[0] = '\0';
  socket_address made;
  std::memcpy(&made.storage, &local, sizeof local);
  // The name of an abstract one ends with the size; a path with a null byte.
  made.size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + (abstract ? 0 : 1));
  return made;
}

[[noreturn]] void refuse_to_resolve(const std::string& address, int error) {
  const std::string what = "resolve '" + address + "'";
  if (error == EAI_SYSTEM) throw std::system_error(errno, std::generic_category(), what);
  throw std::system_error(std::make_error_code(std::errc::address_not_available),
                          what + ": " + ::gai_strerror(error));
}

std::vector<socket_address> host_addresses(const std::string& address, bool to_listen) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) {
    throw std::invalid_argument("address of a listener: '" + address +
                                "' is no path, no @name and no host:port");
  }
  std::string host = address.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = to_listen ? AI_PASSIVE : 0;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.empty() ? nullptr : host.c_str(),
                                  address.c_str() + colon + 1, &hints, &found);
  if (error != 0) refuse_to_resolve(address, error);
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, &::freeaddrinfo);
  std::vector<socket_address> made;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    socket_address& one = made.emplace_back();
    std::memcpy(&one.storage, each->ai_addr, each->ai_addrlen);
    one.size = each->ai_addrlen;
  }
  return made;
}

std::string local_text(const socket_address& of) {
  const std::string_view name(of.get()->sa_data, of.size - offsetof(sockaddr, sa_data));
  if (name.starts_with('\0')) return '@' + std::string(name.substr(1));
  return std::string(name.substr(0, name.find('\0')));
}

}  // namespace

std::vector<socket_address> resolve(const std::string& address, bool to_listen) {
  if (address.starts_with('@')) return {local_address(address, true)};
  if (address.find('/') != std::string::npos) return {local_address(address, false)};
  return host_addresses(address, to_listen);
}

std::string address_of(const descriptor& socket) {
  socket_address own;
  own.size = sizeof own.storage;
  checked(::getsockname(socket.get(), own.get(), &own.size), "get the address of a socket");
  if (own.family() == AF_UNIX) return local_text(own);
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  const int error = ::getnameinfo(own.get(), own.size, host.data(), host.size(), port.data(),
                                  port.size(), NI_NUMERICHOST | NI_NUMERICSERV);
  if (error != 0) throw std::runtime_error(::gai_strerror(error));
  const std::string name = host.data();
  return (own.family() == AF_INET6 ? '[' + name + ']' : name) + ':' + port.data();
}

descriptor make_socket(int family) {
  const int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
  return descriptor(checked(::socket(family, type, 0), "make a socket"));
}

void tune(const descriptor& socket) {
  int family = AF_UNIX;
  socklen_t size = sizeof family;
  checked(::getsockopt(socket.get(), SOL_SOCKET, SO_DOMAIN, &family, &size), "look at a socket");
  if (family == AF_UNIX) return;
  const int on = 1;
  checked(::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "set up a socket");
  checked(::setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on), "set up a socket");
}

void let_calls_wait(const descriptor& socket) {
  const int flags = checked(::fcntl(socket.get(), F_GETFL), "set up a socket");
  checked(::fcntl(socket.get(), F_SETFL, flags & ~O_NONBLOCK), "set up a socket");
}

}  // namespace par::inline PAR_ABI::detail
