#include "message_ring.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <stdexcept>

#include "par/processes/parcel.h"
#include "robust_guard.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {
namespace {

[[noreturn]] void damaged() {
  throw codec_error("ipc queue: its memory is damaged");
}

}  // namespace

// Two places at most are in memory: that of the count, and one that is being prepared for the next.
// The count did not change in between, so the place was not overwritten: acquired, a later one
// would have brought a later count along.
ring_side::place ring_side::look() const noexcept {
  for (;;) {
    const tally::value when = counted.load();
    const std::uint64_t found = at[when.count() % 2].load(std::memory_order_acquire);
    if (counted.load().count() == when.count()) return {when, found};
  }
}

std::uint64_t message_ring::rounded(std::size_t bytes) {
  if (bytes > most_bytes) throw std::invalid_argument("ipc queue: more than 2^30 bytes");
  return std::bit_ceil(std::max(bytes, std::size_t{64}));
}

void message_ring::make(std::span<std::byte> memory, std::uint64_t ring_size,
                        std::uint64_t capacity, std::uint64_t type) {
  ::new (static_cast<void*>(memory.data())) ring_state(ring_size, capacity, type);
}

message_ring::message_ring(std::span<std::byte> memory, std::uint64_t type)
    // NOLINTNEXTLINE(*-reinterpret-cast): it was made there.
    : state_(*reinterpret_cast<ring_state*>(memory.data())),
      bytes_(memory.data() + sizeof(ring_state)) {
  if (memory.size() < sizeof(ring_state) || state_.label != ring_state::right_label) damaged();
  size_ = state_.size;
  capacity_ = state_.capacity;
  if (state_.type != type) throw codec_error("codec: a queue of another type");
  if (!std::has_single_bit(size_) || memory.size() != memory_for(size_)) damaged();
}

std::uint64_t message_ring::longest() const noexcept {
  return size_ - sizeof(record_size);
}

void message_ring::write(std::uint64_t at, std::span<const std::byte> bytes) noexcept {
  if (bytes.empty()) return;  // There may be no place to copy from.
  const std::uint64_t from = at & (size_ - 1);
  const std::size_t first = std::min<std::uint64_t>(bytes.size(), size_ - from);
  writes_plain(bytes_ + from, first);
  std::memcpy(bytes_ + from, bytes.data(), first);
  if (first == bytes.size()) return;
  writes_plain(bytes_, bytes.size() - first);
  std::memcpy(bytes_, bytes.data() + first, bytes.size() - first);
}

std::uint32_t message_ring::read_size(std::uint64_t at) const {
  record_size size = 0;  // Never in two pieces: records begin at multiples of 8.
  const std::byte* const from = bytes_ + (at & (size_ - 8));
  reads_plain(from, sizeof size);
  std::memcpy(&size, from, sizeof size);
  if (record_of(size) > size_) damaged();
  return size;
}

void message_ring::hand_over(std::uint64_t at, std::uint32_t size, receiver take) const {
  const std::uint64_t from = (at + sizeof(record_size)) & (size_ - 1);
  const std::size_t first = std::min<std::uint64_t>(size, size_ - from);
  reads_plain(bytes_ + from, first);
  reads_plain(bytes_, size - first);
  take({bytes_ + from, first}, {bytes_, size - first});
}

// Read without the lock, the two may be of different moments, and then say anything: the one who
// waits is to look again with the lock.
bool message_ring::has_room(std::uint64_t record, ring_side::place tail,
                            ring_side::place head) const {
  const std::uint64_t used = tail.at - head.at;
  return used > size_ || (size_ - used >= record && tail.when.ahead_of(head.when) < capacity_);
}

// What is known of the other side may be old; that is looked up only if it does not suffice.
bool message_ring::makes_room(std::uint64_t record, ring_side::place tail) {
  ring_side& own = state_.puts;
  // Relaxed all: written and read under the lock. Each number by itself was true once.
  const std::uint64_t free = size_ - (tail.at - own.other_at.load(std::memory_order_relaxed));
  const std::uint32_t inside =
      (tail.when.count() - own.other_count.load(std::memory_order_relaxed)) % tally::modulus;
  if (free <= size_ && free >= record && inside < capacity_) return true;
  const ring_side::place head = state_.takes.look();
  if (tail.at - head.at > size_) damaged();
  if (!has_room(record, tail, head)) return false;
  own.other_at.store(head.at, std::memory_order_relaxed);
  own.other_count.store(head.when.count(), std::memory_order_relaxed);
  return true;
}

std::optional<queue_errc> message_ring::put_now(std::span<const std::byte> message,
                                                deadline until) {
  ring_side& own = state_.puts;
  const robust_guard guard(own.lock, until);
  if (!guard) return queue_errc::timeout;
  ipc_step("queue.put.locked");
  const tally::value when = own.counted.load();
  if (when.has(tally::closed)) return queue_errc::closed;
  const std::size_t now = when.count() % 2;
  // Relaxed: nobody else writes it while we have the lock.
  const std::uint64_t tail = own.at[now].load(std::memory_order_relaxed);
  const std::uint64_t record = record_of(message.size());
  if (!makes_room(record, {when, tail})) return queue_errc::full;
  const auto size = static_cast<record_size>(message.size());
  write(tail, std::as_bytes(std::span(&size, 1)));
  write(tail + sizeof size, message);
  ipc_step("queue.put.written");
  own.at[1 - now].store(tail + record, std::memory_order_release);  // Partner: look().
  ipc_step("queue.put.placed");
  own.counted.count_one();
  ipc_step("queue.put.counted");
  return std::nullopt;
}

std::optional<queue_errc> message_ring::get_now(receiver take, deadline until) {
  ring_side& own = state_.takes;
  const robust_guard guard(own.lock, until);
  if (!guard) return queue_errc::timeout;
  ipc_step("queue.get.locked");
  const tally::value when = own.counted.load();
  if (when.has(tally::dropped)) return queue_errc::closed;
  // Relaxed both, as in makes_room.
  if (when.count() == own.other_count.load(std::memory_order_relaxed)) {
    const tally::value puts = state_.puts.counted.load();
    if (puts.count() == when.count()) {
      return puts.has(tally::closed) ? queue_errc::closed : queue_errc::empty;
    }
    own.other_count.store(puts.count(), std::memory_order_relaxed);
  }
  const std::size_t now = when.count() % 2;
  const std::uint64_t head = own.at[now].load(std::memory_order_relaxed);
  const std::uint32_t size = read_size(head);
  hand_over(head, size, take);
  ipc_step("queue.get.read");
  own.at[1 - now].store(head + record_of(size), std::memory_order_release);  // Partner: look().
  ipc_step("queue.get.placed");
  own.counted.count_one();
  ipc_step("queue.get.counted");
  return std::nullopt;
}

std::size_t message_ring::count() const noexcept {
  for (;;) {
    const tally::value takes = state_.takes.counted.load();
    const tally::value puts = state_.puts.counted.load();
    if (puts.has(tally::dropped)) return 0;
    if (takes.count() == state_.takes.counted.load().count()) return puts.ahead_of(takes);
  }
}

bool message_ring::closed() const noexcept {
  return state_.puts.counted.load().has(tally::closed);
}

bool message_ring::full() const noexcept {
  const ring_side::place head = state_.takes.look();
  const ring_side::place tail = state_.puts.look();
  return !has_room(record_of(0), tail, head);
}

}  // namespace par::inline PAR_ABI::detail
