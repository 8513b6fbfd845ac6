#include "par/processes/ipc/message_queue.h"

#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

#include "message_ring.h"
#include "par/processes/codec.h"
#include "par/processes/connection.h"
#include "par/processes/shared_memory.h"

namespace par::inline PAR_ABI::detail {

namespace {

expected<void, queue_errc> done_or(std::optional<queue_errc> failure) {
  if (failure) return unexpected<queue_errc>(*failure);
  return {};
}

shared_memory make_ring(std::uint64_t type, ipc::queue_options options) {
  const std::uint64_t bytes = message_ring::rounded(options.bytes);
  shared_memory memory(message_ring::memory_for(bytes));
  const std::size_t capacity =
      options.capacity == 0 ? std::numeric_limits<std::size_t>::max() : options.capacity;
  message_ring::make(memory.bytes(), bytes, capacity, type);
  return memory;
}

}  // namespace

// What copies of a handle share. Thread-safe.
class message_queue::place {
 public:
  // Of a queue that is made at once, or when it is first used.
  place(std::uint64_t type, ipc::queue_options options) : type_(type), options_(options) {
    if (!decoding::under_way()) static_cast<void>(at());
  }
  // Of a queue that is there.
  place(std::uint64_t type, shared_memory memory) : type_(type) {
    std::call_once(made_, [&] { map(std::move(memory)); });
  }

  struct mapping {
    shared_memory memory;
    message_ring ring;
  };
  mapping& at() {
    std::call_once(made_, [this] { map(make_ring(type_, options_)); });
    return *mapping_;
  }
  message_ring& ring() { return at().ring; }

 private:
  void map(shared_memory memory) {
    const std::span<std::byte> bytes = memory.bytes();
    mapping_.emplace(mapping{std::move(memory), message_ring(bytes, type_)});
  }

  const std::uint64_t type_;
  const ipc::queue_options options_ = {};
  std::once_flag made_;
  std::optional<mapping> mapping_;
};

message_queue::message_queue(std::uint64_t type, ipc::queue_options options)
    : type_(type), place_(std::make_shared<place>(type, options)) {}

expected<void, queue_errc> message_queue::put(message bytes, const patience& limits) const {
  if (bytes.size() > longest()) {
    throw message_too_long("ipc queue: an item of " + std::to_string(bytes.size()) +
                           " bytes, where " + std::to_string(longest()) + " fit");
  }
  return done_or(place_->ring().put(bytes, limits));
}

std::optional<queue_errc> message_queue::get(receiver take, const patience& limits) const {
  return place_->ring().get(take, limits);
}

expected<void, queue_errc> message_queue::join(const patience& limits) const {
  return done_or(place_->ring().join(limits));
}

void message_queue::task_done() const {
  if (place_->ring().mark_done()) return;
  throw std::logic_error("queue: task_done() called too many times");
}

void message_queue::close(close_mode mode) const {
  place_->ring().close(mode);
}

std::size_t message_queue::size() const {
  return place_->ring().count();
}

bool message_queue::full() const {
  return place_->ring().full();
}

bool message_queue::closed() const {
  return place_->ring().closed();
}

std::size_t message_queue::capacity() const {
  return place_->ring().capacity();
}

std::size_t message_queue::longest() const {
  return place_->ring().longest();
}

void message_queue::save(parcel_writer& to) const {
  place_->at().memory.save(to);
}

void message_queue::load(parcel_reader& from) {
  shared_memory memory;
  memory.load(from);
  place_ = std::make_shared<place>(type_, std::move(memory));
}

}  // namespace par::inline PAR_ABI::detail
