#include "par/processes/manager/packed.h"

#include <cstdint>

namespace par::inline PAR_ABI::detail {

packed::packed(const packed& other) {
  content_.bytes = other.content_.bytes;
  content_.descriptors.reserve(other.content_.descriptors.size());
  for (const descriptor& each : other.content_.descriptors) {
    content_.descriptors.push_back(each.duplicate());
  }
}

packed& packed::operator=(const packed& other) {
  if (this != &other) *this = packed(other);
  return *this;
}

void packed::save(parcel_writer& to) const {
  to(static_cast<std::uint64_t>(content_.bytes.size()),
     static_cast<std::uint32_t>(content_.descriptors.size()));
  to.write(content_.bytes.data(), content_.bytes.size());
  for (const descriptor& each : content_.descriptors) to.attach(each);
}

void packed::load(parcel_reader& from) {
  std::uint64_t size = 0;
  std::uint32_t files = 0;
  from(size, files);
  if (size > from.left() || files > from.files_left()) {
    throw codec_error("codec: a size that cannot be");
  }
  content_.bytes.resize(size);
  from.read(content_.bytes.data(), size);
  content_.descriptors.clear();
  for (std::uint32_t i = 0; i < files; ++i) content_.descriptors.push_back(from.detach());
}

}  // namespace par::inline PAR_ABI::detail
