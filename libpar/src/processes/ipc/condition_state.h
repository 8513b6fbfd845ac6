// What a condition variable between processes consists of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "owner_lock.h"
#include "par/base/deadline.h"
#include "wait_slot.h"

namespace par::inline PAR_ABI::detail {

// A slot leaves `waiting` under the guard only; each change under it leaves all good.
class condition_state {
 public:
#ifdef PAR_MODEL
  static constexpr std::size_t most_waiters = 3;  // Made anew for each run.
#else
  static constexpr std::size_t most_waiters = 256;
#endif

  // As condition_variable's: the index of a slot is its user's until it awaits or withdraws.
  [[nodiscard]] std::size_t enlist();
  [[nodiscard]] bool await(std::size_t index, deadline until, const std::stop_token& stop);
  void withdraw(std::size_t index);
  void notify(std::size_t count);

 private:
  enum slot_state : std::uint32_t { vacant, waiting, notified };

  wait_slot* longest_waiting() noexcept;
  bool leave(wait_slot& self);

  std::uint32_t used_ = 0;  // Guarded, as the rest: slots beyond have never been used.
  owner_lock guard_;
  std::uint64_t next_turn_ = 0;
  std::array<wait_slot, most_waiters> slots_;
};

}  // namespace par::inline PAR_ABI::detail
