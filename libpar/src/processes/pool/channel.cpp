#include "channel.h"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "../reserve.h"
#include "../system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

constexpr std::size_t words_size = std::size_t{1} << 16;  // A page of any machine.
constexpr std::size_t memory_size = words_size + 2 * ring_size;
constexpr std::size_t mapped_size = words_size + 4 * ring_size;

static_assert(sizeof(channel_words) <= words_size);
static_assert(atomic<std::uint64_t>::is_always_lock_free);

void map_at(std::byte* place, std::size_t size, const descriptor& memory, std::size_t from) {
  void* const mapped = ::mmap(place, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
                              memory.get(), static_cast<off_t>(from));
  if (mapped == MAP_FAILED) checked(-1, "map the memory of a worker");
}

}  // namespace

descriptor channel::make_memory() {
  descriptor memory(checked(::memfd_create("par pool", MFD_CLOEXEC), "make a worker's memory"));
  reserve(memory, memory_size, "get a worker's memory");
  const channel mapped(memory);
  ::new (static_cast<void*>(mapped.base_)) channel_words;
  return memory;
}

channel::channel(const descriptor& memory) {
  void* const place = ::mmap(nullptr, mapped_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) checked(-1, "map the memory of a worker");
  base_ = static_cast<std::byte*>(place);
  try {
    map_at(base_, words_size, memory, 0);
    for (const std::size_t again : {0, 1}) {
      map_at(request_bytes() + again * ring_size, ring_size, memory, words_size);
      map_at(result_bytes() + again * ring_size, ring_size, memory, words_size + ring_size);
    }
  } catch (...) {
    ::munmap(base_, mapped_size);
    throw;
  }
}

channel::~channel() {
  ::munmap(base_, mapped_size);
}

std::byte* channel::request_bytes() const noexcept {
  return base_ + words_size;
}

std::byte* channel::result_bytes() const noexcept {
  return base_ + words_size + 2 * ring_size;
}

}  // namespace par::inline PAR_ABI::detail
