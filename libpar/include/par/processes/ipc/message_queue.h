// What ipc::queue and ipc::joinable_queue are without their types: messages as bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>

#include "par/base/expected.h"
#include "par/base/function_ref.h"
#include "par/processes/parcel_archive.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::ipc {

struct queue_options {
  std::size_t capacity = 0;                  // In messages; 0: as many as the bytes allow.
  std::size_t bytes = std::size_t{1} << 22;  // For all messages; rounded up to a power of two.
};

}  // namespace par::inline PAR_ABI::ipc

namespace par::inline PAR_ABI::detail {

// A handle: copies share one queue, and one mapping of it. `type` is any number; a handle of one
// type does not load what another one saved.
class message_queue {
 public:
  using message = std::span<const std::byte>;
  // Takes a message, which lies in two pieces where the ring begins again. Called with a lock held.
  using receiver = function_ref<void(message first, message second)>;

  // Throws std::invalid_argument for more than 2^30 bytes, and as shared_memory does.
  message_queue(std::uint64_t type, ipc::queue_options options);

  // Throws message_too_long.
  [[nodiscard]] expected<void, queue_errc> put(message bytes, const patience& limits) const;
  [[nodiscard]] std::optional<queue_errc> get(receiver take, const patience& limits) const;
  [[nodiscard]] expected<void, queue_errc> join(const patience& limits) const;
  void task_done() const;
  void close(close_mode mode) const;

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool full() const;
  [[nodiscard]] bool closed() const;
  [[nodiscard]] std::size_t capacity() const;
  [[nodiscard]] std::size_t longest() const;

  void save(parcel_writer& to) const;
  void load(parcel_reader& from);

 private:
  class place;

  std::uint64_t type_;
  std::shared_ptr<place> place_;
};

}  // namespace par::inline PAR_ABI::detail
