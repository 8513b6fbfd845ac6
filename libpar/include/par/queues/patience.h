// How long an operation of a queue is prepared to wait.
#pragma once

#include <stop_token>

#include "par/base/abi.h"
#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

// A value; the stop token, if any, outlives it.
struct patience {
  bool waits = true;  // False: the operation fails rather than wait.
  deadline until = deadline::never();
  const std::stop_token* stop = nullptr;

  [[nodiscard]] static patience none() noexcept { return {.waits = false}; }
  [[nodiscard]] static patience endlessly() noexcept { return {}; }
  [[nodiscard]] static patience limited(deadline until) noexcept { return {.until = until}; }
  [[nodiscard]] static patience stoppable(const std::stop_token& stop) noexcept {
    return {.stop = &stop};
  }

  [[nodiscard]] bool endless() const noexcept {
    return waits && stop == nullptr && until.is_never();
  }
};

}  // namespace par::inline PAR_ABI::detail
