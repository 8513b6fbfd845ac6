#include "par/processes/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "system_call.h"

namespace par::inline PAR_ABI {
namespace {

// The kernel would go on until the system had no memory at all.
void require_possible(std::size_t size) {
  if (size == 0) throw std::invalid_argument("shared_memory: of no bytes");
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto pages = static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES));
  if (size / page < pages) return;
  throw std::system_error(std::make_error_code(std::errc::not_enough_memory),
                          "reserve shared memory");
}

// In pieces: an interrupted call gives back all that it had reserved.
void reserve(const descriptor& file, std::size_t size) {
  constexpr std::size_t piece = std::size_t{1} << 24;
  for (std::size_t at = 0; at < size; at += piece) {
    const auto from = static_cast<off_t>(at);
    const auto length = static_cast<off_t>(std::min(piece, size - at));
    detail::checked(detail::uninterrupted([&] { return ::fallocate(file.get(), 0, from, length); }),
                    "reserve shared memory");
  }
}

}  // namespace

shared_memory::region::region(descriptor from) : file(std::move(from)) {
  struct stat about{};
  detail::checked(::fstat(file.get(), &about), "look at shared memory");
  size = static_cast<std::size_t>(about.st_size);
  void* const at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (at == MAP_FAILED) detail::checked(-1, "map shared memory");
  data = static_cast<std::byte*>(at);
}

shared_memory::region::~region() {
  ::munmap(data, size);
}

shared_memory::shared_memory(std::size_t size) {
  require_possible(size);
  descriptor file(detail::checked(::memfd_create("par", MFD_CLOEXEC | MFD_ALLOW_SEALING),
                                  "make shared memory"));
  reserve(file, size);
  detail::checked(::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL),
                  "seal shared memory");
  region_ = std::make_shared<region>(std::move(file));
}

void shared_memory::save(parcel_writer& to) const {
  if (region_ == nullptr) throw std::logic_error("shared_memory: there is none to be sent");
  to.attach(region_->file);
}

void shared_memory::load(parcel_reader& from) {
  region_ = std::make_shared<region>(from.detach());
}

}  // namespace par::inline PAR_ABI
