// What a pool of processes calls with a result, before its future is done.
#pragma once

#include <exception>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

struct no_callback {
  void operator()(const auto&... /*unused*/) const noexcept {}
};

// What they throw is dropped: they have nobody to tell.
template <class OnValue, class OnError>
struct pool_callbacks {
  void value(const auto&... result) noexcept {
    try {
      on_value(result...);
    } catch (...) {  // NOLINT(bugprone-empty-catch)
    }
  }
  void error(const std::exception_ptr& why) noexcept {
    try {
      on_error(why);
    } catch (...) {  // NOLINT(bugprone-empty-catch)
    }
  }

  [[no_unique_address]] OnValue on_value = {};
  [[no_unique_address]] OnError on_error = {};
};

using no_callbacks = pool_callbacks<no_callback, no_callback>;

}  // namespace par::inline PAR_ABI::detail
