// The memory that a worker of a pool shares with the pool: two rings of bytes and two bells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "par/base/sync.h"
#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

constexpr std::size_t ring_size = std::size_t{1} << 18;
// What is longer travels as a file in memory of its own.
constexpr std::size_t longest_inline = ring_size / 4;

// Bytes since the beginning; a ring holds those between.
struct ring_positions {
  alignas(64) atomic<std::uint64_t> written = 0;
  alignas(64) atomic<std::uint64_t> read = 0;
};

struct channel_words {
  ring_positions requests;
  ring_positions results;
  alignas(64) atomic<std::uint32_t> worker_sleeps = 0;  // A futex.
  alignas(64) atomic<std::uint32_t> pool_sleeps = 0;
  atomic<std::uint32_t> stop = 0;  // The worker ends when it has nothing to do.
};

// One end of a ring; the other one is in another process. Whatever is killed leaves it whole: only
// `written` tells that bytes are there, and only `read` that their place is free. Sequentially
// consistent, as the bells need it.
class ring_writer {
 public:
  ring_writer(ring_positions& at, std::byte* bytes) noexcept : at_(&at), bytes_(bytes) {}

  // Where to put that many bytes; null: no room.
  [[nodiscard]] std::byte* room(std::size_t size) noexcept {
    if (!has(size)) {
      read_ = at_->read.load();
      if (!has(size)) return nullptr;
    }
    return bytes_ + written_ % ring_size;
  }
  void put(std::size_t size) noexcept { written_ += size; }  // Not seen before publish().
  void publish() noexcept { at_->written.store(written_); }

  [[nodiscard]] std::uint64_t position() const noexcept { return written_; }
  [[nodiscard]] std::byte* at(std::uint64_t position) const noexcept {
    return bytes_ + position % ring_size;
  }
  // What lies before it was read.
  [[nodiscard]] std::uint64_t read() const noexcept { return at_->read.load(); }

 private:
  [[nodiscard]] bool has(std::size_t size) const noexcept {
    const std::uint64_t used = written_ - read_;
    return used <= ring_size && size <= ring_size - used;  // The other side may write nonsense.
  }

  ring_positions* at_;
  std::byte* bytes_;
  std::uint64_t written_ = 0;
  std::uint64_t read_ = 0;  // As last seen.
};

class ring_reader {
 public:
  ring_reader(ring_positions& at, std::byte* bytes) noexcept : at_(&at), bytes_(bytes) {}

  // In one piece, also over the ring's end. The other side may write nonsense: more than ring_size.
  [[nodiscard]] std::span<std::byte> ready() const noexcept {
    return {bytes_ + read_ % ring_size, at_->written.load() - read_};
  }
  void take(std::size_t size) noexcept { read_ += size; }
  void release() noexcept { at_->read.store(read_); }  // Their place is free.

 private:
  ring_positions* at_;
  std::byte* bytes_;
  std::uint64_t read_ = 0;
};

// Maps the memory. Each ring is mapped twice, one behind the other, so that nothing in it is torn.
class channel {
 public:
  // Throws std::system_error: there is no memory.
  [[nodiscard]] static descriptor make_memory();

  explicit channel(const descriptor& memory);
  channel(const channel&) = delete;
  channel& operator=(const channel&) = delete;
  ~channel();

  [[nodiscard]] channel_words& words() const noexcept {
    return *reinterpret_cast<channel_words*>(base_);  // NOLINT(*-reinterpret-cast): made there.
  }
  [[nodiscard]] std::byte* request_bytes() const noexcept;
  [[nodiscard]] std::byte* result_bytes() const noexcept;

 private:
  std::byte* base_ = nullptr;
};

}  // namespace par::inline PAR_ABI::detail
