// Values as messages in shared memory: copied once, where their bytes say it all; else by the
// codec.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "par/processes/codec.h"

namespace par::inline PAR_ABI::detail {

template <class T>
concept flat_value = std::is_arithmetic_v<T> || plain_value<T>;

template <class T>
inline constexpr bool is_flat_sequence = false;
template <class Char, class Traits, class Allocator>
inline constexpr bool is_flat_sequence<std::basic_string<Char, Traits, Allocator>> = true;
template <flat_value T, class Allocator>
inline constexpr bool is_flat_sequence<std::vector<T, Allocator>> = !std::same_as<T, bool>;
template <>
inline constexpr bool is_flat_sequence<std::vector<std::byte>> = true;

template <class T>
concept flat_sequence = is_flat_sequence<T>;

template <class T>
concept flat_bytes =
    flat_sequence<T> && sizeof(typename T::value_type) == 1 &&
    (std::integral<typename T::value_type> || std::same_as<typename T::value_type, std::byte>);

// Says itself how it goes to another process, with the open files that it has.
template <class T>
concept holds_open_files =
    !std::is_arithmetic_v<T> && !plain_value<T> && requires(const T& value, parcel_writer& to) {
      value.save(to);
    } && !cereal::traits::is_output_serializable<T, cereal::BinaryOutputArchive>::value;

// What put(bytes) returns. Throws as encode() does, and std::logic_error if the value has open
// files with it.
template <class T, class Put>
auto put_as_bytes(const T& value, const Put& put) {
  if constexpr (flat_value<T>) {
    return put(std::as_bytes(std::span(&value, 1)));
  } else if constexpr (flat_sequence<T>) {
    return put(std::as_bytes(std::span(value.data(), value.size())));
  } else {
    const parcel encoded = encode(value);
    if (!encoded.descriptors.empty()) {
      throw std::logic_error(
          "ipc queue: open files cannot lie in memory, send them by a connection");
    }
    return put(std::span<const std::byte>(encoded.bytes));
  }
}

// Takes the bytes of one message, in two pieces, and makes a value of them.
template <class T>
class message_reader {
 public:
  using bytes = std::span<const std::byte>;

  void operator()(bytes first, bytes second) {
    if constexpr (flat_value<T>) {
      fits_ = first.size() + second.size() == sizeof(T);
      if (fits_) join(first, second, &kept_);
    } else if constexpr (flat_bytes<T>) {  // Not written with zeros first.
      using one = typename T::value_type;
      const auto* const from = reinterpret_cast<const one*>(first.data());
      const auto* const rest = reinterpret_cast<const one*>(second.data());
      kept_.assign(from, from + first.size());
      kept_.insert(kept_.end(), rest, rest + second.size());
    } else if constexpr (flat_sequence<T>) {
      constexpr std::size_t one = sizeof(typename T::value_type);
      const std::size_t size = first.size() + second.size();
      fits_ = size % one == 0;
      kept_.resize(size / one);
      if (fits_) join(first, second, kept_.data());
    } else {
      kept_.bytes.assign(first.begin(), first.end());
      kept_.bytes.insert(kept_.bytes.end(), second.begin(), second.end());
    }
  }

  // Throws codec_error if the bytes are no T.
  [[nodiscard]] T value() {
    if (!fits_) throw codec_error("codec: a message of another size");
    if constexpr (std::same_as<T, bool>) {
      return kept_ != 0;
    } else if constexpr (flat_value<T> || flat_sequence<T>) {
      return std::move(kept_);
    } else {
      return decode<T>(kept_);
    }
  }

 private:
  static constexpr bool as_it_is = flat_value<T> || flat_sequence<T>;
  using kept =
      std::conditional_t<std::same_as<T, bool>, unsigned char,  // Not every byte is a bool.
                         std::conditional_t<as_it_is, T, parcel>>;

  static void join(bytes first, bytes second, void* to) noexcept {
    auto* const at = static_cast<std::byte*>(to);
    if (!first.empty()) std::memcpy(at, first.data(), first.size());
    if (!second.empty()) std::memcpy(at + first.size(), second.data(), second.size());
  }

  kept kept_{};
  bool fits_ = true;
};

}  // namespace par::inline PAR_ABI::detail
