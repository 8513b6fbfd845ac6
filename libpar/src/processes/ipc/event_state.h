// The word of an event between processes.
#pragma once

#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// While somebody may sleep it goes up by the call that also wakes, else by an exchange.
class event_state {
 public:
  void set();
  void clear() noexcept;

  [[nodiscard]] bool is_set() const noexcept {
    // Acquire: partner of the release in set.
    return (word_.load(std::memory_order_acquire) & up) != 0;
  }
  bool wait(deadline until, const std::stop_token& stop) {
    const std::uint32_t seen = word_.load(std::memory_order_acquire);  // As in is_set.
    return (seen & up) != 0 || wait_for_change(seen, until, stop);
  }

 private:
  static constexpr std::uint32_t up = 1;
  static constexpr std::uint32_t awaited = 1U << 31;

  bool wait_for_change(std::uint32_t seen, deadline until, const std::stop_token& stop);

  // Bit 0: the flag. Bits 1-30: how often it was cleared. Bit 31: `awaited`. Who waits for the flag
  // saw it down; any other value of these 31 bits means that it has been up since.
  atomic<std::uint32_t> word_{0};
};

}  // namespace par::inline PAR_ABI::detail
