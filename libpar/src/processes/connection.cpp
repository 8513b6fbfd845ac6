#include "par/processes/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

#include "frame.h"
#include "poll_files.h"
#include "system_call.h"

namespace par::inline PAR_ABI {
namespace {

// What a sender that was killed or a limit have left behind is not worth a large buffer at once.
constexpr std::size_t first_piece = std::size_t{1} << 24;

}  // namespace

void connection::require(direction way) const {
  if (closed()) throw std::logic_error("connection: closed");
  if (way_ == direction::both || way_ == way) return;
  throw std::logic_error(way == direction::in ? "connection: this end only sends"
                                              : "connection: this end only receives");
}

std::vector<std::byte> connection::recv_rest(std::size_t size) {
  std::vector<std::byte> bytes;
  for (std::size_t have = 0; have < size; have = bytes.size()) {
    try {
      bytes.resize(std::min(size, std::max(first_piece, 2 * have)));
    } catch (const std::bad_alloc&) {
      close();  // What comes next would be taken for a header.
      throw;
    }
    detail::recv_all(native_handle(), std::span(bytes).subspan(have));
  }
  return bytes;
}

void connection::send_parcel(const parcel& message) {
  require(direction::out);
  detail::send_frame(native_handle(), message.bytes, message.descriptors);
}

parcel connection::recv_parcel(std::size_t limit) {
  require(direction::in);
  parcel message;
  const detail::frame_header header = detail::recv_header(native_handle(), message.descriptors);
  if (header.size > limit) {
    close();
    throw message_too_long("recv_bytes: the message is longer than the limit");
  }
  message.bytes = recv_rest(header.size);
  detail::require_files(header, message.descriptors);
  return message;
}

void connection::send_bytes(std::span<const std::byte> bytes, std::size_t offset,
                            std::size_t size) {
  if (offset > bytes.size() || (size != std::dynamic_extent && size > bytes.size() - offset)) {
    throw std::out_of_range("send_bytes: there is no such part");
  }
  require(direction::out);
  detail::send_frame(native_handle(), bytes.subspan(offset, size));
}

std::vector<std::byte> connection::recv_bytes(std::size_t limit) {
  return recv_parcel(limit).bytes;
}

std::size_t connection::recv_bytes_into(std::span<std::byte> buffer, std::size_t offset) {
  if (offset > buffer.size()) throw std::out_of_range("recv_bytes_into: the offset is behind it");
  require(direction::in);
  std::vector<descriptor> files;
  const detail::frame_header header = detail::recv_header(native_handle(), files);
  if (header.size > buffer.size() - offset) {
    throw buffer_too_short(recv_rest(header.size));
  }
  detail::recv_all(native_handle(), buffer.subspan(offset, header.size));
  return header.size;
}

bool connection::poll_until(deadline until, const std::stop_token& stop) const {
  require(direction::in);
  pollfd file{.fd = native_handle(), .events = POLLIN, .revents = 0};
  return detail::poll_files({&file, 1}, until, stop);
}

void connection::save(parcel_writer& to) const {
  if (closed()) throw std::logic_error("connection: a closed one cannot be sent");
  to(static_cast<std::uint8_t>(way_));
  to.attach(socket_);
}

void connection::load(parcel_reader& from) {
  std::uint8_t way = 0;
  from(way);
  if (way > static_cast<std::uint8_t>(direction::out)) throw codec_error("codec: no connection");
  way_ = static_cast<direction>(way);
  socket_ = from.detach();
}

// A socket pair in both cases: writing to a pipe of the system raises SIGPIPE, and takes no files.
std::pair<connection, connection> pipe(bool duplex) {
  std::array<int, 2> ends{};
  detail::checked(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), "make a pipe");
  descriptor first(ends[0]);
  descriptor second(ends[1]);
  first = detail::behind_standard_streams(std::move(first));
  second = detail::behind_standard_streams(std::move(second));
  using direction = connection::direction;
  if (duplex) return {connection(std::move(first)), connection(std::move(second))};
  detail::checked(::shutdown(first.get(), SHUT_WR), "make a pipe");
  return {connection(std::move(first), direction::in),
          connection(std::move(second), direction::out)};
}

std::vector<connection*> wait_readable(std::span<connection* const> any, deadline until,
                                       const std::stop_token& stop) {
  std::vector<pollfd> files;
  files.reserve(any.size());
  for (const connection* each : any) {
    each->require(connection::direction::in);
    files.push_back({.fd = each->native_handle(), .events = POLLIN, .revents = 0});
  }
  std::vector<connection*> ready;
  if (!detail::poll_files(files, until, stop)) return ready;
  for (std::size_t i = 0; i < any.size(); ++i) {
    if (files[i].revents != 0) ready.push_back(any[i]);
  }
  return ready;
}

}  // namespace par::inline PAR_ABI
