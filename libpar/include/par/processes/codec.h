// Values as bytes, to be sent to another process of the same program.
//
//   struct job { std::string name; std::vector<int> lines; };
//   template <class Archive>
//   void serialize(Archive& archive, job& of) { archive(of.name, of.lines); }
//
//   par::parcel sent = par::encode(job{"a.log", {1, 2}});
//   job got = par::decode<job>(sent);
//
// Numbers, the standard library's strings and containers, and what is trivially copyable go as they
// are. Any other type says what it consists of (above, or any other way that cereal knows), and is
// default constructible, or has cereal's load_and_construct. An element of a container is at
// least a byte or an open file.
#pragma once

#include <cereal/archives/binary.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/bitset.hpp>
#include <cereal/types/chrono.hpp>
#include <cereal/types/complex.hpp>
#include <cereal/types/deque.hpp>
#include <cereal/types/forward_list.hpp>
#include <cereal/types/list.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/memory.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/queue.hpp>
#include <cereal/types/set.hpp>
#include <cereal/types/stack.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/tuple.hpp>
#include <cereal/types/unordered_map.hpp>
#include <cereal/types/unordered_set.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/variant.hpp>
#include <cereal/types/vector.hpp>
#include <concepts>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/processes/parcel_archive.h"

namespace par::inline PAR_ABI {

namespace detail {

// What points at memory, which another process does not have.
template <class T>
inline constexpr bool points_elsewhere = false;
template <class Char, class Traits>
inline constexpr bool points_elsewhere<std::basic_string_view<Char, Traits>> = true;
template <class T, std::size_t Extent>
inline constexpr bool points_elsewhere<std::span<T, Extent>> = true;
template <class T>
inline constexpr bool points_elsewhere<std::reference_wrapper<T>> = true;

// Asked of an archive that knows no plain values, so that these do not ask for themselves.
template <class T>
concept taken_apart =
    cereal::traits::is_output_serializable<T, cereal::BinaryOutputArchive>::value ||
    requires(const T& value, parcel_writer& to) { value.save(to); };

}  // namespace detail

// Copied byte by byte. What lies behind a pointer in it cannot be seen here, and is not copied.
template <class T>
concept plain_value = std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T> &&
                      (std::is_class_v<T> || std::is_union_v<T>) && !detail::points_elsewhere<T> &&
                      !detail::taken_apart<T>;

// NOLINTBEGIN(readability-identifier-naming): cereal's names. The archive is asked first, so that
// plain_value, which asks another archive, does not end up here again.
template <class Archive, class T>
  requires std::same_as<Archive, parcel_writer> && plain_value<T>
void CEREAL_SAVE_FUNCTION_NAME(Archive& to, const T& value) {
  to.write(&value, sizeof value);
}
template <class Archive, class T>
  requires std::same_as<Archive, parcel_reader> && plain_value<T>
void CEREAL_LOAD_FUNCTION_NAME(Archive& from, T& value) {
  from.read(&value, sizeof value);
}

// Many of them at once.
template <plain_value T>
void CEREAL_SAVE_FUNCTION_NAME(parcel_writer& to, const std::vector<T>& values) {
  to(cereal::make_size_tag(static_cast<cereal::size_type>(values.size())));
  to.write(values.data(), values.size() * sizeof(T));
}
template <plain_value T>
void CEREAL_LOAD_FUNCTION_NAME(parcel_reader& from, std::vector<T>& values) {
  cereal::size_type size = 0;
  from(cereal::make_size_tag(size));
  if (size > from.left() / sizeof(T)) throw codec_error("codec: a size that cannot be");
  values.resize(size);
  from.read(values.data(), size * sizeof(T));
}
// NOLINTEND(readability-identifier-naming)

// What encode() and decode() take. Containers are only as sendable as what they hold, which shows
// when they are compiled.
template <class T>
concept sendable = std::is_object_v<T> && !std::is_pointer_v<T> &&
                   cereal::traits::is_output_serializable<T, parcel_writer>::value &&
                   cereal::traits::is_input_serializable<T, parcel_reader>::value;

// Throws what copying the value does: std::bad_alloc, and std::system_error where it holds an open
// file and no descriptor is left.
template <class T>
[[nodiscard]] parcel encode(const T& value) {
  static_assert(
      sendable<T>,
      "this type cannot be sent to another process: give it "
      "template <class Archive> void serialize(Archive& archive), see par/processes/codec.h");
  parcel into;
  parcel_writer archive(into);  // NOLINT(misc-const-correctness): writing changes it.
  archive(value);
  return into;
}

namespace detail {

// While it lives, values are made by this thread only to be read over: what is costly to make can
// wait until it is used.
class decoding {
 public:
  decoding() noexcept : outer_(std::exchange(under_way_, true)) {}
  ~decoding() { under_way_ = outer_; }
  decoding(const decoding&) = delete;
  decoding& operator=(const decoding&) = delete;

  [[nodiscard]] static bool under_way() noexcept { return under_way_; }

 private:
  static inline thread_local bool under_way_ = false;
  bool outer_;
};

}  // namespace detail

// The value that the parcel consists of; its open files are moved out. Throws codec_error if it
// consists of anything else.
template <class T>
[[nodiscard]] T decode(parcel& from) {
  static_assert(sendable<T>, "this type cannot be sent to another process");
  const detail::decoding scope;
  T value{};
  parcel_reader archive(from);  // NOLINT(misc-const-correctness): reading changes it.
  try {
    archive(value);
  } catch (const cereal::Exception& error) {
    throw codec_error(std::string("codec: ") + error.what());
  }
  if (archive.left() > 0) throw codec_error("codec: bytes are left over");
  return value;
}

template <class T>
[[nodiscard]] T decode(parcel&& from) {
  return decode<T>(from);
}

}  // namespace par::inline PAR_ABI
