// What every call of the system needs: to be repeated after a signal, and to throw what failed.
#pragma once

#include <cerrno>
#include <system_error>

#include "par/base/abi.h"
#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

// The result, or std::system_error with errno if that is -1. The text says what was to be done.
template <class Result>
Result checked(Result result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

template <class Call>
auto uninterrupted(Call call) {
  for (;;) {
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

constexpr int standard_streams = 3;  // 0, 1 and 2.

// The same file by a number that is none of a standard stream, which may be closed here but is
// made anew in children. Throws std::system_error.
[[nodiscard]] descriptor behind_standard_streams(descriptor file);

}  // namespace par::inline PAR_ABI::detail
