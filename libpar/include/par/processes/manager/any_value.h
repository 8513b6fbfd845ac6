// A value whose type is known when the program runs: what a dict or list of mixed values holds.
//
//   par::any_value row = par::any_dict{{"name", "a.log"}, {"lines", 3}, {"tags", par::any_list{1,
//   true}}}; row.as<par::any_dict>().at("lines").as<std::int64_t>()      // 3 par::any_value other
//   = par::any_value::of(my_struct);       // any type that can be sent other.as<my_struct>()
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

#include "par/processes/manager/packed.h"

namespace par::inline PAR_ABI {

class any_value;
using any_bytes = std::vector<std::byte>;
using any_list = std::vector<any_value>;
using any_dict = std::map<std::string, any_value>;

// Asked for as a type that it is not. The text names both.
class wrong_type : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// What is empty, bool, int64, double, string, bytes, list, dict, or any other type that can be
// sent. An integer is one of any size; integers and floating-point numbers are not converted. A
// value; can be sent, and taken apart by programs that do not know the type of what it holds. At
// most 200 lists and dicts are in one another.
class any_value {
 public:
  any_value() noexcept = default;  // Empty.
  template <std::same_as<bool> T>
  any_value(T value) : value_(value) {}
  // Throws std::out_of_range if it is no int64.
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  any_value(T value) : value_(narrowed<std::int64_t>(value)) {}
  any_value(double value) : value_(value) {}
  any_value(std::string value) : value_(std::move(value)) {}
  any_value(std::string_view value) : value_(std::string(value)) {}
  any_value(const char* value) : value_(std::string(value)) {}
  any_value(any_bytes value) : value_(std::move(value)) {}
  any_value(any_list value);
  any_value(any_dict value);

  template <class T>
  [[nodiscard]] static any_value of(const T& value) {
    if constexpr (std::convertible_to<const T&, any_value>) {
      return value;
    } else {
      any_value made;
      made.value_ = object{.type = typeid(T).name(), .value = detail::pack(value)};
      return made;
    }
  }

  [[nodiscard]] bool has_value() const noexcept {
    return !std::holds_alternative<std::monostate>(value_);
  }

  template <class T>
  [[nodiscard]] bool is() const {
    if constexpr (is_own<T>) return std::holds_alternative<stored<T>>(value_);
    const auto* other = std::get_if<object>(&value_);
    return other != nullptr && other->type == typeid(T).name();
  }

  // Throws wrong_type; std::out_of_range if it is an integer that does not fit.
  template <class T>
  [[nodiscard]] T as() const {
    if (!is<T>()) refuse(typeid(T).name());
    if constexpr (!is_own<T>) {
      return detail::unpack<T>(std::get<object>(value_).value);
    } else if constexpr (is_integer<T>) {
      return narrowed<T>(std::get<std::int64_t>(value_));
    } else {
      return static_cast<T>(std::get<stored<T>>(value_));
    }
  }

  // Of values of types that are not its own: if their bytes are the same.
  friend bool operator==(const any_value& a, const any_value& b);

  void save(parcel_writer& to) const { save(to, 0); }
  void load(parcel_reader& from) { load(from, 0); }

 private:
  struct object {
    std::string type;
    detail::packed value;

    friend bool operator==(const object& a, const object& b) {
      return a.type == b.type && a.value.content().bytes == b.value.content().bytes;
    }
  };

  template <class T>
  static constexpr bool is_integer = std::integral<T> && !std::same_as<T, bool>;
  template <class T>
  using stored = std::conditional_t<is_integer<T>, std::int64_t,
                                    std::conditional_t<std::same_as<T, float>, double, T>>;
  template <class T>
  static constexpr bool is_own =
      std::integral<T> || std::same_as<T, float> || std::same_as<T, double> ||
      std::same_as<T, std::string> || std::same_as<T, any_bytes> || std::same_as<T, any_list> ||
      std::same_as<T, any_dict>;

  template <class T>
  static bool is_negative(T value) {
    if constexpr (std::is_signed_v<T>) return value < 0;
    return false;
  }
  template <class To, class From>
  static To narrowed(From value) {
    const auto made = static_cast<To>(value);
    if (static_cast<From>(made) != value || is_negative(made) != is_negative(value)) {
      throw std::out_of_range("any_value: the number does not fit");
    }
    return made;
  }

  [[noreturn]] void refuse(const char* asked) const;
  void save(parcel_writer& to, int depth) const;
  void load(parcel_reader& from, int depth);

  std::variant<std::monostate, bool, std::int64_t, double, std::string, any_bytes, any_list,
               any_dict, object>
      value_;
};

}  // namespace par::inline PAR_ABI
