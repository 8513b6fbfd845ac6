// What all handles of par::ipc are: a place in shared memory, which copies share.
#pragma once

#include <cstddef>
#include <cstdint>

#include "par/processes/parcel_archive.h"
#include "par/processes/shared_memory.h"

namespace par::inline PAR_ABI::detail {

// Stands at the beginning of the state, so that what is received is what it is taken for.
enum class shared_kind : std::uint32_t {
  mutex = 0x7061'7201,
  recursive_mutex,
  semaphore,
  event,
  condition_variable,
  barrier,
  value,
};

class shared_handle {
 public:
  // Throws std::logic_error if there is nothing behind it.
  void save(parcel_writer& to) const;
  // Throws codec_error if it is of another kind.
  void load(parcel_reader& from);

 protected:
  explicit shared_handle(shared_kind kind) noexcept : kind_(kind) {}
  // Makes room, zeroed but for the kind. Throws as shared_memory does.
  shared_handle(shared_kind kind, std::size_t size);
  // In a part of memory that belongs to something larger; marks it.
  shared_handle(shared_kind kind, shared_memory memory, std::size_t offset);

  ~shared_handle() = default;
  shared_handle(const shared_handle&) = default;
  shared_handle& operator=(const shared_handle&) = default;
  shared_handle(shared_handle&&) noexcept = default;
  shared_handle& operator=(shared_handle&&) noexcept = default;

  // Throws std::logic_error if there is nothing.
  [[nodiscard]] std::byte* place() const;
  template <class State>
  [[nodiscard]] State& state() const {
    return *reinterpret_cast<State*>(place());  // NOLINT(*-reinterpret-cast): it was made there.
  }

  [[nodiscard]] const shared_memory& memory() const noexcept { return memory_; }

 private:
  shared_kind kind_;
  shared_memory memory_;
  std::size_t offset_ = 0;
};

}  // namespace par::inline PAR_ABI::detail
