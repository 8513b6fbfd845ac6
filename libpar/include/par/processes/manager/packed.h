// A value as a manager keeps it: encoded, whatever its type.
#pragma once

#include "par/processes/codec.h"
#include "par/processes/parcel.h"

namespace par::inline PAR_ABI::detail {

// Copies have descriptors of their own for its open files.
class packed {
 public:
  packed() noexcept = default;
  explicit packed(parcel content) noexcept : content_(std::move(content)) {}
  packed(const packed& other);
  packed& operator=(const packed& other);
  packed(packed&&) noexcept = default;
  packed& operator=(packed&&) noexcept = default;
  ~packed() = default;

  [[nodiscard]] parcel& content() noexcept { return content_; }
  [[nodiscard]] const parcel& content() const noexcept { return content_; }

  void save(parcel_writer& to) const;
  void load(parcel_reader& from);

 private:
  parcel content_;
};

template <class T>
[[nodiscard]] packed pack(const T& value) {
  return packed(encode(value));
}

template <class T>
[[nodiscard]] T unpack(packed from) {
  return decode<T>(from.content());
}

}  // namespace par::inline PAR_ABI::detail
