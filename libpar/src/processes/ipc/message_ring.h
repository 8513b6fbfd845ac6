// Messages of any size in memory that processes share, first in, first out: par::ipc::queue without
// its types. impl.md tells why it survives the death of anybody at any moment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "par/base/deadline.h"
#include "par/base/function_ref.h"
#include "par/base/sync.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"
#include "robust_lock.h"
#include "tally.h"

namespace par::inline PAR_ABI::detail {

// One of the two sides: those who put, or those who take. Counts and places only ever grow.
struct alignas(64) ring_side {
  struct place {
    tally::value when;
    std::uint64_t at;
  };

  // Where the side stands, seen from the other one.
  [[nodiscard]] place look() const noexcept;

  // Of whoever has the lock: how far the other side has been seen to be.
  robust_lock lock;
  atomic<std::uint32_t> other_count{0};
  atomic<std::uint64_t> other_at{0};

  // at[n % 2] is where record n begins, n being the count; the other one is being prepared.
  alignas(64) tally counted;
  atomic<std::uint64_t> at[2] = {0, 0};
};

// What lies at the beginning of the memory; the bytes of the ring follow.
struct ring_state {
  ring_state(std::uint64_t ring_size, std::uint64_t most_messages, std::uint64_t what)
      : size(ring_size), capacity(most_messages), type(what) {}

  static constexpr std::uint64_t right_label = 0x7061'7220'7269'6e67;

  const std::uint64_t label = right_label;
  const std::uint64_t size;      // Of the ring, in bytes: a power of two.
  const std::uint64_t capacity;  // In messages.
  const std::uint64_t type;      // Of the messages: any number.
  ring_side puts;
  ring_side takes;
  alignas(64) robust_lock done_lock;
  tally done;
};

// A view of one in memory that outlives it; what it is said to be cannot be changed by who damages
// that memory. Thread-safe. Operations throw codec_error where the memory holds what cannot be.
class message_ring {
 public:
  // Takes the bytes of a message, which lie in two pieces where the ring begins again.
  using receiver =
      function_ref<void(std::span<const std::byte> first, std::span<const std::byte> second)>;

  static constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;

  // A power of two, and 64 at least. Throws std::invalid_argument beyond most_bytes.
  [[nodiscard]] static std::uint64_t rounded(std::size_t bytes);
  [[nodiscard]] static std::size_t memory_for(std::uint64_t ring_size) noexcept {
    return sizeof(ring_state) + ring_size;
  }
  // REQUIRES: the memory is aligned to 64 bytes, and as large as memory_for says.
  static void make(std::span<std::byte> memory, std::uint64_t ring_size, std::uint64_t capacity,
                   std::uint64_t type);

  // Where one was made, of the same type. Throws codec_error.
  message_ring(std::span<std::byte> memory, std::uint64_t type);

  // Nothing: done; otherwise why not. Throws message_too_long.
  [[nodiscard]] std::optional<queue_errc> put(std::span<const std::byte> message,
                                              const patience& limits);
  // What the receiver throws leaves the message in its place. It is called with a lock held.
  [[nodiscard]] std::optional<queue_errc> get(receiver take, const patience& limits);

  void close(close_mode mode);

  [[nodiscard]] bool mark_done();  // False: as many were marked as were put.
  [[nodiscard]] std::optional<queue_errc> join(const patience& limits);

  [[nodiscard]] std::size_t count() const noexcept;
  [[nodiscard]] bool closed() const noexcept;
  [[nodiscard]] bool full() const noexcept;  // Not even a message of no bytes finds room.
  [[nodiscard]] std::uint64_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::uint64_t longest() const noexcept;  // Message, in bytes.

 private:
  // A record is the size of a message, the message, and up to 7 bytes that mean nothing.
  using record_size = std::uint32_t;
  static constexpr std::uint64_t record_of(std::size_t message) noexcept {
    return (sizeof(record_size) + message + 7) / 8 * 8;
  }

  // As put and get; what would have to wait is full or empty.
  std::optional<queue_errc> put_now(std::span<const std::byte> message, deadline until);
  std::optional<queue_errc> get_now(receiver take, deadline until);

  [[nodiscard]] bool has_room(std::uint64_t record, ring_side::place tail,
                              ring_side::place head) const;
  [[nodiscard]] bool makes_room(std::uint64_t record, ring_side::place tail);
  [[nodiscard]] std::uint32_t unfinished(tally::value puts) const noexcept;
  void finish_closing(std::uint32_t marks = 0);

  void write(std::uint64_t at, std::span<const std::byte> bytes) noexcept;
  [[nodiscard]] std::uint32_t read_size(std::uint64_t at) const;
  void hand_over(std::uint64_t at, std::uint32_t size, receiver take) const;

  template <class Ready>
  std::optional<queue_errc> wait(tally& word, const patience& limits, const Ready& ready);

  ring_state& state_;
  std::uint64_t size_ = 0;
  std::uint64_t capacity_ = 0;
  std::byte* bytes_;
};

}  // namespace par::inline PAR_ABI::detail
