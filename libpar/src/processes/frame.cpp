#include "frame.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "par/processes/connection.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

constexpr std::size_t control_size = CMSG_SPACE(most_files * sizeof(int));

// Room for the descriptors of one message, as the kernel wants it.
struct alignas(cmsghdr) control_buffer {
  std::array<std::byte, control_size> bytes;
};

void put_files(msghdr& message, control_buffer& control, std::span<const descriptor> files) {
  const std::size_t size = files.size() * sizeof(int);
  message.msg_control = control.bytes.data();
  message.msg_controllen = CMSG_SPACE(size);
  std::memset(control.bytes.data(), 0, message.msg_controllen);  // What is not written below, too.
  cmsghdr* const head = CMSG_FIRSTHDR(&message);
  *head = {.cmsg_len = CMSG_LEN(size), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
  auto* into = CMSG_DATA(head);
  for (const descriptor& each : files) {
    const int number = each.get();
    std::memcpy(into, &number, sizeof number);
    into += sizeof number;
  }
}

void take_files(msghdr& message, std::vector<descriptor>& into) {
  for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr;
       head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
    const auto* from = CMSG_DATA(head);
    const std::size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i, from += sizeof(int)) {
      int number = -1;
      std::memcpy(&number, from, sizeof number);
      into.emplace_back(number);
    }
  }
}

// The kernel drops them silently where they cannot go.
void require_local(int socket) {
  int family = AF_UNIX;
  socklen_t size = sizeof family;
  checked(::getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &family, &size), "send open files");
  if (family == AF_UNIX) return;
  throw std::system_error(std::make_error_code(std::errc::operation_not_supported),
                          "send open files over a network");
}

// Where to go on after that many bytes.
void advance(msghdr& message, std::size_t sent) {
  while (message.msg_iovlen > 0 && sent >= message.msg_iov->iov_len) {
    sent -= message.msg_iov->iov_len;
    ++message.msg_iov;
    --message.msg_iovlen;
  }
  if (message.msg_iovlen == 0) return;
  message.msg_iov->iov_base = static_cast<std::byte*>(message.msg_iov->iov_base) + sent;
  message.msg_iov->iov_len -= sent;
}

// Returns how many bytes came; 0 at the end. A peer that went and left unread what we sent resets
// the connection; for who reads that is an end like any other.
std::size_t recv_some(int socket, msghdr& message) {
  const ssize_t got = uninterrupted([&] { return ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC); });
  if (got == -1 && errno == ECONNRESET) return 0;
  return static_cast<std::size_t>(checked(got, "receive"));
}

}  // namespace

void send_frame(int socket, std::span<const std::byte> bytes, std::span<const descriptor> files) {
  if (files.size() > most_files) throw std::length_error("send: too many open files in a message");
  frame_header header{.size = bytes.size(), .files = files.size()};
  std::array<iovec, 2> parts = {
      iovec{.iov_base = &header, .iov_len = sizeof header},
      // The kernel only reads it.
      iovec{.iov_base = const_cast<std::byte*>(bytes.data()),  // NOLINT(*-const-cast)
            .iov_len = bytes.size()}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  control_buffer control;
  if (!files.empty()) {
    require_local(socket);
    put_files(message, control, files);
  }
  for (std::size_t left = sizeof header + bytes.size(); left > 0;) {
    const ssize_t sent = uninterrupted([&] { return ::sendmsg(socket, &message, MSG_NOSIGNAL); });
    left -= static_cast<std::size_t>(checked(sent, "send"));
    advance(message, static_cast<std::size_t>(sent));
    message.msg_control = nullptr;  // They have gone with the first byte.
    message.msg_controllen = 0;
  }
}

frame_header recv_header(int socket, std::vector<descriptor>& files) {
  frame_header header;
  iovec part{.iov_base = &header, .iov_len = sizeof header};
  control_buffer control;
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.bytes.data();
  message.msg_controllen = control.bytes.size();
  const std::size_t got = recv_some(socket, message);
  if (got == 0) throw end_of_stream("recv: the other end is closed");
  take_files(message, files);
  const std::span all = std::as_writable_bytes(std::span(&header, 1));
  if (got < all.size()) recv_all(socket, all.subspan(got));
  return header;
}

void require_files(const frame_header& header, std::vector<descriptor>& files) {
  if (files.size() == header.files) return;
  files.clear();
  throw std::system_error(std::make_error_code(std::errc::too_many_files_open),
                          "receive open files");
}

void recv_all(int socket, std::span<std::byte> buffer) {
  while (!buffer.empty()) {
    iovec part{.iov_base = buffer.data(), .iov_len = buffer.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    const std::size_t got = recv_some(socket, message);
    if (got == 0) throw end_of_stream("recv: the other end closed in the middle of a message");
    buffer = buffer.subspan(got);
  }
}

}  // namespace par::inline PAR_ABI::detail
