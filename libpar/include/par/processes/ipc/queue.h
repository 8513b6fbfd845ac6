// A first-in first-out queue between processes, in shared memory.
//
//   par::ipc::queue<std::string> lines;
//   par::process reader = par::process::fork([lines] {
//     for (std::string& line : lines.consume()) work(line);   // ends once closed and empty
//   });
//   lines.put("x");
//   lines.close();
#pragma once

#include <chrono>
#include <cstddef>
#include <limits>
#include <stop_token>
#include <typeinfo>
#include <utility>

#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/processes/codec.h"
#include "par/processes/ipc/message.h"
#include "par/processes/ipc/message_queue.h"
#include "par/queues/patience.h"
#include "par/queues/queue_consumer.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::ipc {

// A handle: copies, also those sent to other processes, are the same queue, which goes when the
// last of them has gone. Any number of threads of any number of processes put and get; as a value
// it is not thread-safe. Items are copied into the shared memory and out of it, once each; numbers,
// plain structures, strings and vectors of these without a detour.
//
// Any process may be killed at any moment, and the others go on:
//   - one that is killed while it puts has put its item, whole, or has not;
//   - one that is killed while it gets loses the item it is about to return, or none;
//   - so no more than one item is lost with a process, none comes twice, and none in part.
//
// An item needs room for its bytes and up to 11 more; put waits for that too. Large items may wait
// while small ones are put. Items that can never fit make every form of put throw message_too_long,
// which tells how many bytes can; those with open files with them, std::logic_error. Every form of
// get throws codec_error if what it takes is no T, or the memory was damaged.
//
// What fails "at once" may first wait for another process that is in the middle of moving one item.
template <class T>
class queue {
  static_assert(
      sendable<T>,
      "this type cannot be sent to another process: give it "
      "template <class Archive> void serialize(Archive& archive), see par/processes/codec.h");
  static_assert(!detail::holds_open_files<T>,
                "open files cannot lie in shared memory: send this type by a par::connection");

 public:
  using value_type = T;

  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  // Throws std::invalid_argument for more than 2^30 bytes, and as shared_memory does.
  queue() : queue(queue_options()) {}
  explicit queue(queue_options options) : messages_(typeid(T).hash_code(), options) {}
  // In items; 0: as many as the bytes allow.
  explicit queue(std::size_t capacity) : queue(queue_options{.capacity = capacity}) {}

  // Waits for room. Throws queue_closed.
  void put(const T& item) const {
    if (!write(item, detail::patience::endlessly())) throw queue_closed();
  }

  // Fails as full or closed, at once.
  [[nodiscard]] expected<void, queue_errc> try_put(const T& item) const {
    return write(item, detail::patience::none());
  }

  // Fail as closed or timeout.
  template <class Rep, class Period>
  [[nodiscard]] expected<void, queue_errc> put_for(const T& item,
                                                   std::chrono::duration<Rep, Period> span) const {
    return write(item, detail::patience::limited(deadline::in(span)));
  }
  template <class Clock, class Duration>
  [[nodiscard]] expected<void, queue_errc> put_until(
      const T& item, std::chrono::time_point<Clock, Duration> time) const {
    return write(item, detail::patience::limited(deadline::at(time)));
  }

  // Fails as closed or stopped.
  [[nodiscard]] expected<void, queue_errc> put(const T& item, const std::stop_token& stop) const {
    return write(item, detail::patience::stoppable(stop));
  }

  // Waits for an item. Throws queue_closed when the queue is closed and nothing is left.
  [[nodiscard]] T get() const {
    expected<T, queue_errc> item = read(detail::patience::endlessly());
    if (!item) throw queue_closed();
    return std::move(*item);
  }

  // Fails as empty or closed, at once.
  [[nodiscard]] expected<T, queue_errc> try_get() const { return read(detail::patience::none()); }

  // Fail as closed or timeout.
  template <class Rep, class Period>
  [[nodiscard]] expected<T, queue_errc> get_for(std::chrono::duration<Rep, Period> span) const {
    return read(detail::patience::limited(deadline::in(span)));
  }
  template <class Clock, class Duration>
  [[nodiscard]] expected<T, queue_errc> get_until(
      std::chrono::time_point<Clock, Duration> time) const {
    return read(detail::patience::limited(deadline::at(time)));
  }

  // Fails as closed or stopped.
  [[nodiscard]] expected<T, queue_errc> get(const std::stop_token& stop) const {
    return read(detail::patience::stoppable(stop));
  }

  // From now on every put fails; gets fail too once nothing is left. Wakes all who wait. Closing
  // again does nothing, except that `immediate` drops what a draining queue still held.
  void close(close_mode mode = close_mode::drain) const { messages_.close(mode); }

  // A snapshot each: true when looked at, perhaps not any more when used.
  [[nodiscard]] std::size_t size() const { return messages_.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool full() const { return messages_.full(); }
  [[nodiscard]] bool closed() const { return messages_.closed(); }
  [[nodiscard]] std::size_t capacity() const { return messages_.capacity(); }

  // The items as an input range that ends when the queue is closed and empty, or when a stop is
  // requested. Several consumers share the items out among them.
  [[nodiscard]] queue_consumer<const queue> consume(std::stop_token stop = {}) const {
    return queue_consumer<const queue>(*this, std::move(stop));
  }

  void save(parcel_writer& to) const { messages_.save(to); }
  void load(parcel_reader& from) { messages_.load(from); }

 protected:
  [[nodiscard]] const detail::message_queue& messages() const noexcept { return messages_; }

 private:
  friend queue_consumer<const queue>;

  [[nodiscard]] expected<void, queue_errc> write(const T& item,
                                                 const detail::patience& limits) const {
    return detail::put_as_bytes(
        item, [&](std::span<const std::byte> bytes) { return messages_.put(bytes, limits); });
  }
  [[nodiscard]] expected<T, queue_errc> read(const detail::patience& limits) const {
    detail::message_reader<T> reader;
    if (const auto why = messages_.get(reader, limits)) return unexpected<queue_errc>(*why);
    return reader.value();
  }

  detail::message_queue messages_;
};

}  // namespace par::inline PAR_ABI::ipc
