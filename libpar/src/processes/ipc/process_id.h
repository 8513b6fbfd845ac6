// Which process: its number, and when it started, since numbers come again.
#pragma once

#ifdef PAR_MODEL

#include "model/process_id.h"

#else

#include <sys/types.h>

#include <cstdint>

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

struct process_id {
  std::uint32_t number = 0;   // 0: none.
  std::uint32_t started = 0;  // In ticks, the low bits; 0: not known.

  friend bool operator==(const process_id&, const process_id&) = default;
};

// Of the calling process. Thread-safe; known at once but for the first time after a fork.
[[nodiscard]] process_id this_process_id() noexcept;

// Looks whether processes have ended; one asked about again and again costs one call of the system.
// A process that is dead but not waited for has ended. Where no descriptor is left, only a process
// that has been waited for is known to have ended.
class process_watch {
 public:
  [[nodiscard]] bool has_ended(process_id who) noexcept;

 private:
  process_id watched_;
  descriptor handle_;
};

}  // namespace par::inline PAR_ABI::detail

#endif
