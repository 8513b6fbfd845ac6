// What lies in the rings between a pool and its workers: a head, then the bytes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "channel.h"
#include "par/base/sync.h"
#include "par/processes/parcel.h"

namespace par::inline PAR_ABI::detail {

// The worker takes a request before it looks into it; until then the pool may take it back. So
// whatever a worker dies of, what it had taken and not answered is what it died of.
enum class request_state : std::uint32_t { queued, taken, withdrawn };

// How the rest of a parcel travels: open files come through the worker's connection, sent before
// the head is published; one more of them holds the bytes if they are many.
struct parcel_head {
  std::uint32_t size = 0;  // Of the bytes in the ring.
  std::uint16_t files = 0;
  bool elsewhere = false;  // The bytes are in the last of the files.
};

struct task_head {
  static constexpr std::uint32_t definition = UINT32_MAX;  // The bytes tell the next function.

  atomic<request_state> state = request_state::queued;
  std::uint32_t function = definition;
  parcel_head parcel = {};
};

enum class result_kind : std::uint8_t {
  ready,   // Not of a task: the worker can take the first one.
  unable,  // As error; not of a task either: the initializer threw.
  value,
  error,  // What it threw: its type and its text.
};

struct result_head {
  parcel_head parcel = {};
  result_kind kind = result_kind::value;
};

// With the head, in the ring.
template <class Head>
[[nodiscard]] constexpr std::size_t size_in_ring(const parcel_head& of) noexcept {
  return sizeof(Head) + (std::size_t{of.size} + 7) / 8 * 8;
}
static_assert(size_in_ring<result_head>({.size = UINT32_MAX}) > ring_size, "a damaged one is seen");

// It does not fit into the ring alone.
[[nodiscard]] inline bool needs_files(const parcel& message) noexcept {
  return !message.descriptors.empty() || message.bytes.size() > longest_inline;
}

// Makes it travel: many bytes are put into one more file, too. Throws std::length_error for too
// many files, std::system_error.
[[nodiscard]] parcel_head pack(parcel& message);

// After its files were received. Throws std::system_error.
void unpack(const parcel_head& head, parcel& message);

}  // namespace par::inline PAR_ABI::detail
