#include "par/processes/ipc/shared_handle.h"

#include <cstring>
#include <stdexcept>
#include <utility>

namespace par::inline PAR_ABI::detail {

shared_handle::shared_handle(shared_kind kind, std::size_t size)
    : shared_handle(kind, shared_memory(size), 0) {}

shared_handle::shared_handle(shared_kind kind, shared_memory memory, std::size_t offset)
    : kind_(kind), memory_(std::move(memory)), offset_(offset) {
  std::memcpy(place(), &kind_, sizeof kind_);
}

std::byte* shared_handle::place() const {
  if (!memory_) throw std::logic_error("ipc: there is nothing behind this handle");
  return memory_.data() + offset_;
}

void shared_handle::save(parcel_writer& to) const {
  to(static_cast<std::uint64_t>(offset_));
  memory_.save(to);
}

void shared_handle::load(parcel_reader& from) {
  std::uint64_t offset = 0;
  from(offset);
  shared_memory memory;
  memory.load(from);
  shared_kind kind{};
  if (memory.size() < sizeof kind || offset > memory.size() - sizeof kind) {
    throw codec_error("codec: shared memory is too small for what it should hold");
  }
  std::memcpy(&kind, memory.data() + offset, sizeof kind);
  if (kind != kind_) throw codec_error("codec: shared memory holds something else");
  memory_ = std::move(memory);
  offset_ = offset;
}

}  // namespace par::inline PAR_ABI::detail
