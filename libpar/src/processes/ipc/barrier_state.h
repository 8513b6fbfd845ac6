// What a barrier between processes consists of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>

#include "owner_lock.h"
#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/locks/barrier.h"  // barrier_errc
#include "wait_slot.h"

namespace par::inline PAR_ABI::detail {

// Everything is read and changed under the guard, but for the sleep on a slot's state. Who dies
// under it leaves something half done, which tidy() completes; all who come call it first, and
// those who wait call it every few milliseconds.
//
//   vacant --> waiting --> passed --> vacant        `turn` of a slot: the round that it is of
//         |       \-----> failed --> vacant
//         \--> acting --> done: all of that round have passed, or soon will --> vacant
struct alignas(64) barrier_state {
  enum slot_state : std::uint32_t { vacant, waiting, passed, failed, acting, done };

  struct arrival {
    enum { refused, incomplete, waits, last } as;
    std::size_t slot = 0;
    std::size_t index = 0;
  };

  barrier_state(std::size_t parties, std::size_t slots) noexcept;
  static std::size_t size_for(std::size_t slots) noexcept {
    return sizeof(barrier_state) + slots * sizeof(wait_slot);
  }

  // These take the guard. Throws std::system_error if all slots are taken.
  arrival arrive(bool may_wait);
  void complete(wait_slot& self);         // Its round has passed.
  bool break_for(wait_slot& self);        // False: its round is decided.
  void fail(wait_slot* self, bool mend);  // All rounds not decided; first vacates `self`, if any.
  void look_round();                      // Whether somebody died.
  std::size_t count_waiting();
  bool is_broken();

  // Until the round of `self` has passed or failed.
  expected<void, barrier_errc> await(wait_slot& self, deadline until, const std::stop_token& stop);
  static void vacate(wait_slot& self) noexcept;

  // These need it.
  void tidy();
  void finish_round_of(wait_slot& finisher) const;
  bool take_out_the_dead();
  void break_all() const;
  [[nodiscard]] bool is_decided(std::uint64_t of) const noexcept;
  [[nodiscard]] std::size_t waiting_in(std::uint64_t of) const noexcept;

  [[nodiscard]] std::span<wait_slot> slots() const noexcept;

  bool broken = false;
  owner_lock guard;
  std::uint64_t round = 0;
  std::size_t parties;
  std::size_t capacity;  // How many slots follow.
};

}  // namespace par::inline PAR_ABI::detail
