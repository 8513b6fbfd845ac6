#include "par/processes/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "name_keeper.h"
#include "reserve.h"
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

std::string path_of(const std::string& name) {
  constexpr std::size_t longest = 255;
  const bool possible = !name.empty() && name.size() <= longest && name != "." && name != ".." &&
                        name.find_first_of(std::string_view("/\0", 2)) == std::string::npos;
  if (!possible) throw std::invalid_argument("shared_memory: not a name: '" + name + "'");
  return detail::shared_memory_directory + name;
}

detail::file_identity file_of(const struct stat& about) {
  return {.device = about.st_dev, .inode = about.st_ino};
}

}  // namespace

shared_memory::region::region(descriptor of) : file(std::move(of)) {
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
  detail::reserve(file, size, "reserve shared memory");
  detail::checked(::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL),
                  "seal shared memory");
  region_ = std::make_shared<region>(std::move(file));
}

// It gets its name when it is complete and known to the keeper: nobody finds half of it, and a kill
// at any moment leaves nothing behind.
shared_memory shared_memory::create(const std::string& name, std::size_t size) {
  const std::string path = path_of(name);
  require_possible(size);
  descriptor file(
      detail::checked(::open(detail::shared_memory_directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600),
                      "make shared memory"));
  detail::reserve(file, size, "reserve shared memory");
  struct stat about{};
  detail::checked(::fstat(file.get(), &about), "look at shared memory");
  shared_memory made(std::move(file));
  const std::string open_file = "/proc/self/fd/" + std::to_string(made.native_handle());
  detail::keep_name(name, file_of(about));
  if (::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == -1) {
    const int error = errno;
    detail::forget_name_of(file_of(about));
    throw std::system_error(error, std::generic_category(), "name shared memory");
  }
  return made;
}

shared_memory shared_memory::open(const std::string& name) {
  const std::string path = path_of(name);
  return shared_memory(descriptor(detail::checked(
      ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW), "open shared memory")));
}

bool shared_memory::unlink(const std::string& name) {
  const std::string path = path_of(name);
  struct stat about{};
  if (::lstat(path.c_str(), &about) == -1 || ::unlink(path.c_str()) == -1) {
    if (errno == ENOENT) return false;
    detail::checked(-1, "unlink shared memory");
  }
  detail::forget_name_of(file_of(about));
  return true;
}

void shared_memory::save(parcel_writer& to) const {
  if (region_ == nullptr) throw std::logic_error("shared_memory: there is none to be sent");
  to.attach(region_->file);
}

void shared_memory::load(parcel_reader& from) {
  region_ = std::make_shared<region>(from.detach());
}

}  // namespace par::inline PAR_ABI
