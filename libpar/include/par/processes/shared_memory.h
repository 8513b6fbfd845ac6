// A piece of memory that several processes see at once.
//
//   par::shared_memory table(1 << 20);
//   ... a process that is given `table` reads and writes the same bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "par/processes/descriptor.h"
#include "par/processes/parcel_archive.h"

namespace par::inline PAR_ABI {

// A handle: copies are cheap and share one mapping; the memory goes when the last handle of the
// last process has gone, however that ended. A forked child has it at the same address, a process
// that it was sent to at another one. What two threads or processes do to the same bytes needs a
// lock, or atomics. As a value, not thread-safe.
class shared_memory {
 public:
  shared_memory() noexcept = default;  // None: no bytes, cannot be sent.

  // Zeroed, of exactly that size, which never changes. All of it is there: there is no SIGBUS
  // later. Throws std::invalid_argument if the size is 0, std::system_error where memory,
  // descriptors or addresses do not suffice.
  explicit shared_memory(std::size_t size);

  [[nodiscard]] explicit operator bool() const noexcept { return region_ != nullptr; }
  [[nodiscard]] std::byte* data() const noexcept { return region_ ? region_->data : nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return region_ ? region_->size : 0; }
  [[nodiscard]] std::span<std::byte> bytes() const noexcept { return {data(), size()}; }
  [[nodiscard]] int native_handle() const noexcept { return region_ ? region_->file.get() : -1; }

  // Throws std::logic_error if there is none.
  void save(parcel_writer& to) const;
  void load(parcel_reader& from);

 private:
  struct region {
    explicit region(descriptor file);  // Maps all of it.
    ~region();
    region(const region&) = delete;
    region& operator=(const region&) = delete;

    descriptor file;
    std::size_t size = 0;
    std::byte* data = nullptr;
  };

  std::shared_ptr<const region> region_;
};

}  // namespace par::inline PAR_ABI
