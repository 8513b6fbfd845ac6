// Where a function lies, said so that another process of the same program finds it.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Addresses differ from process to process, distances within a module do not.
struct entry_point {
  std::string module = {};   // Path of a shared library; empty: the program itself.
  std::uint64_t offset = 0;  // From where the module was loaded.

  template <class Archive>
  void serialize(Archive& archive) {
    archive(module, offset);
  }
  friend bool operator==(const entry_point&, const entry_point&) = default;
};

using plain_function = void (*)();

// Throws std::invalid_argument if no module has it: it was made while the program ran.
[[nodiscard]] entry_point locate_function(plain_function function);

// Throws codec_error if the module is not loaded here, or has no code there.
[[nodiscard]] plain_function find_function(const entry_point& entry);

template <class Function>
  requires std::is_function_v<Function>
[[nodiscard]] entry_point entry_of(Function* function) {
  return locate_function(reinterpret_cast<plain_function>(function));  // NOLINT(*-reinterpret-cast)
}

// Of the same type as the one that entry_of() was given: that is the caller's business.
template <class Function>
  requires std::is_function_v<Function>
[[nodiscard]] Function* function_at(const entry_point& entry) {
  return reinterpret_cast<Function*>(find_function(entry));  // NOLINT(*-reinterpret-cast)
}

}  // namespace par::inline PAR_ABI::detail
