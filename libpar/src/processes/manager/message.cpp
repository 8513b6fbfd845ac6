#include "message.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <typeinfo>

#include "par/processes/exit_status.h"

namespace par::inline PAR_ABI::detail {
namespace {

enum class failure_type : std::uint8_t {
  out_of_range,
  invalid_argument,
  length_error,
  logic_error,
  system_error,
  codec_error,
  bad_alloc,
  other,
};

struct failure {
  failure_type type = failure_type::other;
  int code = 0;  // Of a system_error.
  std::string name;
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(type, code, name, text);
  }
};

std::string name_of(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
  return name != nullptr ? name.get() : type.name();
}

template <class T>
bool is(const std::exception& error) {
  return dynamic_cast<const T*>(&error) != nullptr;
}

failure_type type_of(const std::exception& error) {
  if (is<std::system_error>(error)) return failure_type::system_error;
  if (is<std::out_of_range>(error)) return failure_type::out_of_range;
  if (is<std::invalid_argument>(error)) return failure_type::invalid_argument;
  if (is<std::length_error>(error)) return failure_type::length_error;
  if (is<std::logic_error>(error)) return failure_type::logic_error;
  if (is<codec_error>(error)) return failure_type::codec_error;
  if (is<std::bad_alloc>(error)) return failure_type::bad_alloc;
  return failure_type::other;
}

failure describe(const std::exception& error) {
  const auto* system = dynamic_cast<const std::system_error*>(&error);
  return {.type = type_of(error),
          .code = system != nullptr ? system->code().value() : 0,
          .name = name_of(typeid(error)),
          .text = error.what()};
}

failure describe_current() {
  try {
    throw;
  } catch (const std::exception& error) {
    return describe(error);
  } catch (...) {
    return {.name = "an unknown type", .text = "no std::exception"};
  }
}

// The text of a system_error says its code already.
[[noreturn]] void raise(const failure& why) {
  switch (why.type) {
    case failure_type::out_of_range:
      throw std::out_of_range(why.text);
    case failure_type::invalid_argument:
      throw std::invalid_argument(why.text);
    case failure_type::length_error:
      throw std::length_error(why.text);
    case failure_type::logic_error:
      throw std::logic_error(why.text);
    case failure_type::system_error:
      throw std::system_error(why.code, std::generic_category(), "manager");
    case failure_type::codec_error:
      throw codec_error(why.text);
    case failure_type::bad_alloc:
      throw std::bad_alloc();
    case failure_type::other:
      break;
  }
  throw remote_error(why.name, why.text);
}

}  // namespace

parcel make_failure() {
  parcel reply = encode(describe_current());
  reply.bytes.push_back(static_cast<std::byte>(reply_kind::failure));
  return reply;
}

parcel result_of(parcel reply) {
  if (reply.bytes.empty()) throw codec_error("manager: an empty reply");
  const auto kind = static_cast<reply_kind>(reply.bytes.back());
  reply.bytes.pop_back();
  if (kind == reply_kind::failure) raise(decode<failure>(reply));
  return reply;
}

}  // namespace par::inline PAR_ABI::detail
