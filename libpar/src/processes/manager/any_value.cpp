#include "par/processes/manager/any_value.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace par::inline PAR_ABI {
namespace {

constexpr int deepest = 200;

std::string readable(const char* type) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type, nullptr, nullptr, &status), &std::free);
  return name != nullptr ? name.get() : type;
}

// A size that can be: of values that take a byte at least.
std::size_t load_size(parcel_reader& from) {
  cereal::size_type size = 0;
  from(cereal::make_size_tag(size));
  return size;
}

}  // namespace

any_value::any_value(any_list value) : value_(std::move(value)) {}
any_value::any_value(any_dict value) : value_(std::move(value)) {}

bool operator==(const any_value& a, const any_value& b) {
  return a.value_ == b.value_;
}

void any_value::refuse(const char* asked) const {
  constexpr const char* names[] = {"empty",    "a bool", "an integer", "a double",
                                   "a string", "bytes",  "a list",     "a dict"};
  const auto* other = std::get_if<object>(&value_);
  throw wrong_type("any_value: it is " +
                   (other != nullptr ? readable(other->type.c_str()) : names[value_.index()]) +
                   ", not " + readable(asked));
}

void any_value::save(parcel_writer& to, int depth) const {
  if (depth > deepest) throw codec_error("any_value: too many lists in one another");
  to(static_cast<std::uint8_t>(value_.index()));
  if (const auto* list = std::get_if<any_list>(&value_)) {
    to(cereal::make_size_tag(static_cast<cereal::size_type>(list->size())));
    for (const any_value& each : *list) each.save(to, depth + 1);
  } else if (const auto* dict = std::get_if<any_dict>(&value_)) {
    to(cereal::make_size_tag(static_cast<cereal::size_type>(dict->size())));
    for (const auto& [key, value] : *dict) {
      to(key);
      value.save(to, depth + 1);
    }
  } else if (const auto* other = std::get_if<object>(&value_)) {
    to(other->type, other->value);
  } else if (const auto* flag = std::get_if<bool>(&value_)) {
    to(*flag);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value_)) {
    to(*integer);
  } else if (const auto* number = std::get_if<double>(&value_)) {
    to(*number);
  } else if (const auto* text = std::get_if<std::string>(&value_)) {
    to(*text);
  } else if (const auto* bytes = std::get_if<any_bytes>(&value_)) {
    to(*bytes);
  }
}

void any_value::load(parcel_reader& from, int depth) {
  if (depth > deepest) throw codec_error("any_value: too many lists in one another");
  std::uint8_t kind = 0;
  from(kind);
  const auto read = [&]<class T>(T value) {
    from(value);
    value_ = std::move(value);
  };
  switch (kind) {
    case 0:
      value_ = std::monostate();
      return;
    case 1:
      return read(false);
    case 2:
      return read(std::int64_t{0});
    case 3:
      return read(0.0);
    case 4:
      return read(std::string());
    case 5:
      return read(any_bytes());
    case 6: {
      any_list list;
      for (std::size_t left = load_size(from); left > 0; --left) {
        list.emplace_back().load(from, depth + 1);
      }
      value_ = std::move(list);
      return;
    }
    case 7: {
      any_dict dict;
      for (std::size_t left = load_size(from); left > 0; --left) {
        std::string key;
        from(key);
        dict[std::move(key)].load(from, depth + 1);
      }
      value_ = std::move(dict);
      return;
    }
    case 8: {
      object other;
      from(other.type, other.value);
      value_ = std::move(other);
      return;
    }
    default:
      throw codec_error("any_value: no such type");
  }
}

}  // namespace par::inline PAR_ABI
