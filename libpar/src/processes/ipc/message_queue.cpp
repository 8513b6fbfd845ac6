#include "par/processes/ipc/message_queue.h"

#include <limits>
#include <stdexcept>
#include <string>

#include "message_ring.h"
#include "par/processes/connection.h"
#include "par/processes/shared_memory.h"

namespace par::inline PAR_ABI::detail {

struct message_queue::mapping {
  mapping(shared_memory of, std::uint64_t type)
      : memory(std::move(of)), ring(memory.bytes(), type) {}
  shared_memory memory;
  message_ring ring;
};

namespace {

expected<void, queue_errc> outcome(std::optional<queue_errc> failure) {
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

message_queue::message_queue(std::uint64_t type, ipc::queue_options options)
    : type_(type), mapping_(std::make_shared<mapping>(make_ring(type, options), type)) {}

expected<void, queue_errc> message_queue::put(message bytes, const patience& limits) const {
  if (bytes.size() > longest()) {
    throw message_too_long("ipc queue: an item of " + std::to_string(bytes.size()) +
                           " bytes, where " + std::to_string(longest()) + " fit");
  }
  return outcome(mapping_->ring.put(bytes, limits));
}

std::optional<queue_errc> message_queue::get(receiver take, const patience& limits) const {
  return mapping_->ring.get(take, limits);
}

expected<void, queue_errc> message_queue::join(const patience& limits) const {
  return outcome(mapping_->ring.join(limits));
}

void message_queue::task_done() const {
  if (mapping_->ring.mark_done()) return;
  throw std::logic_error("queue: task_done() called too many times");
}

void message_queue::close(close_mode mode) const {
  mapping_->ring.close(mode);
}

std::size_t message_queue::size() const noexcept {
  return mapping_->ring.count();
}

bool message_queue::full() const noexcept {
  return mapping_->ring.full();
}

bool message_queue::closed() const noexcept {
  return mapping_->ring.closed();
}

std::size_t message_queue::capacity() const noexcept {
  return mapping_->ring.capacity();
}

std::size_t message_queue::longest() const noexcept {
  return mapping_->ring.longest();
}

void message_queue::save(parcel_writer& to) const {
  mapping_->memory.save(to);
}

void message_queue::load(parcel_reader& from) {
  shared_memory memory;
  memory.load(from);
  mapping_ = std::make_shared<mapping>(std::move(memory), type_);
}

}  // namespace par::inline PAR_ABI::detail
