#include "message.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <span>
#include <stdexcept>

#include "../frame.h"
#include "../system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

void write_all(const descriptor& file, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote =
        uninterrupted([&] { return ::write(file.get(), bytes.data(), bytes.size()); });
    bytes = bytes.subspan(static_cast<std::size_t>(checked(wrote, "write a long message")));
  }
}

void read_all(const descriptor& file, std::span<std::byte> bytes) {
  off_t at = 0;
  while (!bytes.empty()) {
    const ssize_t got =
        uninterrupted([&] { return ::pread(file.get(), bytes.data(), bytes.size(), at); });
    if (checked(got, "read a long message") == 0) throw codec_error("codec: a message is cut off");
    at += got;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace

parcel_head pack(parcel& message) {
  parcel_head head;
  head.elsewhere = message.bytes.size() > longest_inline;
  if (message.descriptors.size() + (head.elsewhere ? 1 : 0) > most_files) {
    throw std::length_error("process_pool: too many open files in a message");
  }
  if (head.elsewhere) {
    descriptor file(checked(::memfd_create("par message", MFD_CLOEXEC), "make a long message"));
    write_all(file, message.bytes);
    message.descriptors.push_back(std::move(file));
  }
  head.size = head.elsewhere ? 0 : static_cast<std::uint32_t>(message.bytes.size());
  head.files = static_cast<std::uint16_t>(message.descriptors.size());
  return head;
}

void unpack(const parcel_head& head, parcel& message) {
  if (message.descriptors.size() != head.files) throw codec_error("codec: an open file is missing");
  if (!head.elsewhere) return;
  const descriptor file = std::move(message.descriptors.back());
  message.descriptors.pop_back();
  struct stat about{};
  checked(::fstat(file.get(), &about), "look at a long message");
  message.bytes.resize(static_cast<std::size_t>(about.st_size));
  read_all(file, message.bytes);
}

}  // namespace par::inline PAR_ABI::detail
