// Threads that wait in order of arrival, each woken by name: what the other locks are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/base/function_ref.h"
#include "par/base/sync.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

// Why a wait ended. `asleep` is the value of a waiter's futex until then.
enum class wake_reason : std::uint32_t { asleep, chosen, broken, stopped, timed_out };

// One waiting thread, on its own stack. Once it is off the list, a wake-up is sure to come, and the
// node must stay until it has come.
struct waiter {
  atomic<std::uint32_t> reason{static_cast<std::uint32_t>(wake_reason::asleep)};
  bool listed = false;  // This and the links: guarded by the list's guard.
  waiter* previous = nullptr;
  waiter* next = nullptr;
};

// The owner takes `guard`, looks at its own state, and either goes on or enlists and, without the
// guard, sleeps. Whoever changes that state chooses under the guard and wakes after it:
//
//   enlist --> listed --choose--> off the list --wake: reason = chosen, futex_wake--> returns
//                 \--leave (time is up, or a stop)--> returns
//
// A woken thread touches nothing but its own node, and so does the waker from then on: the owner
// may be gone by the time that either returns.
class wait_list {
 public:
  constexpr wait_list() noexcept = default;
  wait_list(const wait_list&) = delete;
  wait_list& operator=(const wait_list&) = delete;

  mutex guard;

  void enlist(waiter& self) noexcept PAR_REQUIRES(guard);

  // False: it was chosen before.
  bool remove(waiter& self) noexcept PAR_REQUIRES(guard);
  bool leave(waiter& self) noexcept PAR_EXCLUDES(guard);

  // Takes the `count` longest waiting off the list, linked by `next`; null if nobody waits.
  [[nodiscard]] waiter* choose(std::size_t count) noexcept PAR_REQUIRES(guard);
  [[nodiscard]] waiter* choose_all() noexcept PAR_REQUIRES(guard);

  [[nodiscard]] std::size_t size() const noexcept PAR_REQUIRES(guard) { return size_; }
  [[nodiscard]] bool empty() const noexcept PAR_REQUIRES(guard) { return size_ == 0; }

  // Wakes what choose() gave.
  static void wake(waiter* chosen, wake_reason why = wake_reason::chosen) noexcept;

  // Sleeps until woken; when the time is up or a stop is requested, until give_up() says that self
  // is off the list by it. give_up locks for itself, and for a stop runs on the requesting thread.
  wake_reason sleep(waiter& self, deadline until, const std::stop_token& stop,
                    function_ref<bool()> give_up) PAR_EXCLUDES(guard);
  wake_reason sleep(waiter& self, deadline until, const std::stop_token& stop = {})
      PAR_EXCLUDES(guard);

 private:
  waiter* first_ PAR_GUARDED_BY(guard) = nullptr;
  waiter* last_ PAR_GUARDED_BY(guard) = nullptr;
  std::size_t size_ PAR_GUARDED_BY(guard) = 0;
};

}  // namespace par::inline PAR_ABI::detail
