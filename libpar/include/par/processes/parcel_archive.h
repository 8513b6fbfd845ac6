// cereal's archives over a parcel: the bytes of this machine, and open files by number.
//
// A type says what it consists of as cereal's manual tells. One that holds open files overloads
// save(parcel_writer&) and load(parcel_reader&) and uses attach() and detach() there.
#pragma once

#include <cereal/cereal.hpp>
#include <cstddef>
#include <cstring>
#include <type_traits>

#include "par/processes/parcel.h"

namespace par::inline PAR_ABI {

// Not thread-safe; the parcel must outlive it.
class parcel_writer : public cereal::OutputArchive<parcel_writer> {
 public:
  explicit parcel_writer(parcel& into) : OutputArchive(this), into_(into) {}

  void write(const void* data, std::size_t size) {
    if (size == 0) return;
    const std::size_t at = into_.bytes.size();
    into_.bytes.resize(at + size);
    std::memcpy(into_.bytes.data() + at, data, size);
  }

  // Whoever reads gets a descriptor of its own for the same open file.
  void attach(const descriptor& file) { into_.descriptors.push_back(file.duplicate()); }

 private:
  parcel& into_;
};

// Reads what a parcel_writer wrote. Not thread-safe; the parcel must outlive it.
class parcel_reader : public cereal::InputArchive<parcel_reader> {
 public:
  explicit parcel_reader(parcel& from) : InputArchive(this), from_(from) {}

  void read(void* data, std::size_t size) {
    if (size > left()) throw codec_error("codec: the value ends too early");
    if (size > 0) std::memcpy(data, from_.bytes.data() + at_, size);
    at_ += size;
  }

  [[nodiscard]] descriptor detach() {
    if (next_ == from_.descriptors.size()) throw codec_error("codec: an open file is missing");
    return std::move(from_.descriptors[next_++]);
  }

  [[nodiscard]] std::size_t left() const noexcept { return from_.bytes.size() - at_; }
  [[nodiscard]] std::size_t files_left() const noexcept { return from_.descriptors.size() - next_; }

 private:
  parcel& from_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
};

// How cereal finds what the archives do with what it does not take apart itself.
// NOLINTBEGIN(readability-identifier-naming): cereal's names.
template <class T>
  requires std::is_arithmetic_v<T>
void CEREAL_SAVE_FUNCTION_NAME(parcel_writer& to, const T& value) {
  to.write(&value, sizeof value);
}

template <class T>
  requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(parcel_reader& from, T& value) {
  if constexpr (std::is_same_v<T, bool>) {  // Not every byte is one.
    unsigned char byte = 0;
    from.read(&byte, sizeof byte);
    value = byte != 0;
  } else {
    from.read(&value, sizeof value);
  }
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(parcel_writer& to, const cereal::BinaryData<T>& data) {
  to.write(data.data, static_cast<std::size_t>(data.size));
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(parcel_reader& from, cereal::BinaryData<T>& data) {
  from.read(data.data, static_cast<std::size_t>(data.size));
}

template <class Archive, class T>
  requires std::is_same_v<Archive, parcel_writer> || std::is_same_v<Archive, parcel_reader>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, cereal::NameValuePair<T>& pair) {
  archive(pair.value);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(parcel_writer& to, const cereal::SizeTag<T>& size) {
  to(size.size);
}

// An element takes a byte or an open file at least, so a damaged size asks for no endless memory.
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(parcel_reader& from, cereal::SizeTag<T>& size) {
  from(size.size);
  if (size.size > from.left() + from.files_left())
    throw codec_error("codec: a size that cannot be");
}
// NOLINTEND(readability-identifier-naming)

}  // namespace par::inline PAR_ABI

CEREAL_SETUP_ARCHIVE_TRAITS(par::parcel_reader, par::parcel_writer)
