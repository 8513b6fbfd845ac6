// Which process, for scenarios with threads that vanish: each thread is one.
#pragma once

#include <cstdint>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// As in processes/ipc/process_id.h.
struct process_id {
  std::uint32_t number = 0;
  std::uint32_t started = 0;

  friend bool operator==(const process_id&, const process_id&) = default;
};

[[nodiscard]] process_id this_process_id() noexcept;

// Who has learnt of an end knows all that was done before it.
class process_watch {
 public:
  [[nodiscard]] static bool has_ended(process_id who) noexcept;
};

}  // namespace par::inline PAR_ABI::detail
