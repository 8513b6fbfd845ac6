#include "par/processes/ipc/shared_block.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>
#include <stdexcept>

namespace par::inline PAR_ABI::detail {

struct shared_block::shared_state {
  shared_kind kind = shared_kind::value;
  std::uint32_t offset = 0;  // From here to the elements.
  std::uint64_t count = 0;
  std::uint64_t element_size = 0;
};

namespace {

constexpr std::size_t lock_at = 32;
constexpr std::size_t elements_at = lock_at + ipc::recursive_mutex::size_of_state;

std::size_t offset_for(std::size_t alignment) {
  return std::max(elements_at, alignment);  // Both are powers of two.
}

std::size_t size_for(std::size_t count, std::size_t element_size, std::size_t alignment) {
  const std::size_t offset = offset_for(alignment);
  if (count > (std::numeric_limits<std::size_t>::max() - offset) / element_size) {
    throw std::length_error("shared_array: too many elements");
  }
  return offset + count * element_size;
}

}  // namespace

shared_block::shared_block(std::size_t count, std::size_t element_size, std::size_t alignment)
    : shared_handle(shared_kind::value, size_for(count, element_size, alignment)) {
  static_assert(sizeof(shared_state) <= lock_at);
  new (place()) shared_state{.offset = static_cast<std::uint32_t>(offset_for(alignment)),
                             .count = count,
                             .element_size = element_size};
}

std::byte* shared_block::data() const {
  return place() + state<shared_state>().offset;
}

std::size_t shared_block::count() const {
  return state<shared_state>().count;
}

void shared_block::load_block(parcel_reader& from, std::size_t element_size) {
  load(from);
  if (memory().size() < elements_at || state<shared_state>().element_size != element_size) {
    throw codec_error("codec: shared memory holds elements of another type");
  }
}

ipc::recursive_mutex shared_block::make_lock() const {
  return ipc::recursive_mutex::made_in(memory(), lock_at);
}

ipc::recursive_mutex shared_block::find_lock() const {
  return ipc::recursive_mutex::found_in(memory(), lock_at);
}

}  // namespace par::inline PAR_ABI::detail
