// One end of a pipe: whole messages to a process and from it.
//
//   auto [mine, other] = par::pipe();
//   ... a process that has `other` does: other.send(std::vector{1, 2, 3});
//   std::vector<int> got = mine.recv<std::vector<int>>();
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <utility>
#include <vector>

#include "par/base/deadline.h"
#include "par/processes/codec.h"
#include "par/processes/descriptor.h"
#include "par/processes/parcel.h"

namespace par::inline PAR_ABI {

// Nothing comes any more: every other end is closed. A message that was not sent whole, because its
// sender was killed, is lost.
class end_of_stream : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The message does not fit. The limit of recv_bytes() also closes the connection: what it would
// have to read to get past it may be endless.
class message_too_long : public std::length_error {
 public:
  using std::length_error::length_error;
};

// recv_bytes_into() took a message that its buffer does not hold: here it is.
class buffer_too_short : public std::length_error {
 public:
  explicit buffer_too_short(std::vector<std::byte> message)
      : std::length_error("recv_bytes_into: the buffer is too short"),
        message_(std::move(message)) {}
  [[nodiscard]] const std::vector<std::byte>& message() const noexcept { return message_; }

 private:
  std::vector<std::byte> message_;
};

// What goes through it arrives whole and in order. One thread may send while another receives; two
// that do the same need a lock. Failures of the system are std::system_error; sending to nobody is
// one too (broken_pipe; over TCP also connection_reset), and raises no signal. Over TCP (see
// listener.h) open files cannot go: operation_not_supported. A message that cannot be received
// whole for want of memory is std::bad_alloc, and the connection is closed.
//
// Can be sent itself, and then both processes have it.
class connection {
 public:
  enum class direction : std::uint8_t { both, in, out };

  connection() noexcept = default;
  explicit connection(descriptor socket, direction way = direction::both) noexcept
      : socket_(std::move(socket)), way_(way) {}

  // Waits where the system's buffer is full.
  template <class T>
  void send(const T& value) {
    send_parcel(encode(value));
  }
  // Waits for a message. Throws end_of_stream; codec_error if it is no T.
  template <class T>
  [[nodiscard]] T recv() {
    return decode<T>(recv_parcel());
  }

  // The part of `bytes` from `offset` on, `size` bytes long. Throws std::out_of_range if there is
  // no such part. A message of no bytes is one.
  void send_bytes(std::span<const std::byte> bytes, std::size_t offset = 0,
                  std::size_t size = std::dynamic_extent);

  // Throws end_of_stream, or message_too_long and closes the connection.
  [[nodiscard]] std::vector<std::byte> recv_bytes(
      std::size_t limit = std::numeric_limits<std::size_t>::max());

  // Puts a message into the buffer from `offset` on and returns its length. Throws end_of_stream,
  // buffer_too_short, or std::out_of_range if the offset lies behind the buffer.
  std::size_t recv_bytes_into(std::span<std::byte> buffer, std::size_t offset = 0);

  // True if a message, or the end of the stream, can be read without waiting long: it has begun to
  // arrive.
  [[nodiscard]] bool poll() const { return poll_until(deadline::in(std::chrono::seconds(0))); }
  template <class Rep, class Period>
  [[nodiscard]] bool poll_for(std::chrono::duration<Rep, Period> span,
                              const std::stop_token& stop = {}) const {
    return poll_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool poll_until(std::chrono::time_point<Clock, Duration> time,
                                const std::stop_token& stop = {}) const {
    return poll_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool poll_until(deadline until, const std::stop_token& stop = {}) const;

  void close() noexcept { socket_.reset(); }
  [[nodiscard]] bool closed() const noexcept { return !socket_; }
  [[nodiscard]] bool readable() const noexcept { return way_ != direction::out; }
  [[nodiscard]] bool writable() const noexcept { return way_ != direction::in; }
  [[nodiscard]] int native_handle() const noexcept { return socket_.get(); }

  void save(parcel_writer& to) const;
  void load(parcel_reader& from);

  // One message as it travels; send() and recv() are made of these.
  void send_parcel(const parcel& message);
  [[nodiscard]] parcel recv_parcel(std::size_t limit = std::numeric_limits<std::size_t>::max());

 private:
  friend std::vector<connection*> wait_readable(std::span<connection* const> any, deadline until,
                                                const std::stop_token& stop);

  void require(direction way) const;
  [[nodiscard]] std::vector<std::byte> recv_rest(std::size_t size);

  descriptor socket_;
  direction way_ = direction::both;
};

// Two ends. Not duplex: the first one receives, the second one sends, as in Python.
[[nodiscard]] std::pair<connection, connection> pipe(bool duplex = true);

// Which of them have something to read, or ended; waits until there is one, or the deadline passes
// or a stop is requested, and then there is none. Pointers must not be null. Throws
// std::logic_error if one of them is closed here, or only sends.
[[nodiscard]] std::vector<connection*> wait_readable(std::span<connection* const> any,
                                                     deadline until = deadline::never(),
                                                     const std::stop_token& stop = {});

}  // namespace par::inline PAR_ABI
