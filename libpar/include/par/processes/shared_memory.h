// A piece of memory that several processes see at once.
//
//   par::shared_memory table(1 << 20);
//   ... a process that is given `table` reads and writes the same bytes.
//
//   auto named = par::shared_memory::create("table", 1 << 20);
//   ... any process of the machine: par::shared_memory::open("table");
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

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

  // The same under a name, which others find when all of it is there. The name lives until
  // unlink(), or until the process that created it ends, however it ends; the memory as long as
  // somebody has it. Names are those of shm_open(3) and of Python's SharedMemory, without a slash.
  //
  // A process that lacks parent and files is started with the first name, and removes the names at
  // the end. It keeps the memory of that moment as a fork does: create names before large data.
  //
  // Throws std::system_error: file_exists; no_space_on_device where /dev/shm is full; and as above.
  // Throws std::invalid_argument if that cannot be a name.
  [[nodiscard]] static shared_memory create(const std::string& name, std::size_t size);

  // Throws std::system_error: no_such_file_or_directory.
  [[nodiscard]] static shared_memory open(const std::string& name);

  // False: there is no such name.
  static bool unlink(const std::string& name);

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
    explicit region(descriptor of);  // Maps all of it.
    ~region();
    region(const region&) = delete;
    region& operator=(const region&) = delete;

    descriptor file;
    std::size_t size = 0;
    std::byte* data = nullptr;
  };

  explicit shared_memory(descriptor file) : region_(std::make_shared<region>(std::move(file))) {}

  std::shared_ptr<const region> region_;
};

}  // namespace par::inline PAR_ABI
