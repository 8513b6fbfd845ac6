// Several threads at one piece of work, the thread that brought it among them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>

#include "par/base/function_ref.h"
#include "par/base/sync.h"

namespace par::inline PAR_ABI {

class executor;

namespace detail {

class team_board;

// One piece of work, on the stack of the thread that brings it: its owner. `body` is called on
// several threads at once and returns when it finds nothing to do.
//
// Never waits for a queued task: a helper that comes after close finds the team gone. So teams can
// be nested to any depth, on one thread too. A process forked inside a body has no helpers: it must
// end without returning from it.
class team {
 public:
  team(executor& on, function_ref<void()> body) : on_(on), body_(body) {}
  ~team() { close(); }
  team(const team&) = delete;
  team& operator=(const team&) = delete;

  // Asks for up to `helpers` more threads. The owner calls first; afterwards those inside may, too.
  // No more tasks are posted than the executor can run at once, the owners counted in, so a loop in
  // a loop posts none. An executor that is shut down sends nobody.
  void call(std::size_t helpers);

  // By the owner: lets nobody else in, and waits for those inside.
  void close();

  // After close: the first exception that the body has thrown on a helper.
  void rethrow();

 private:
  friend class team_board;

  // Part of inside_ beside the number of helpers: the owner sleeps until they have left.
  static constexpr std::uint32_t awaited = std::uint32_t{1} << 31;

  void enter_board();  // With the board locked.
  [[nodiscard]] team_board& board() const noexcept;
  void help_here() noexcept;
  void keep_error() noexcept;
  void post_helper();

  executor& on_;
  const function_ref<void()> body_;

  // The owner's.
  bool open_ = false;                  // Called, and not yet closed.
  const team_board* outer_ = nullptr;  // What the thread served before.

  // Guarded by the board. Listed while calls_ > 0.
  bool counted_ = false;  // The owner has added itself to present_.
  bool entered_ = false;
  bool closed_ = false;
  std::size_t calls_ = 0;
  team* previous_ = nullptr;
  team* next_ = nullptr;

  atomic<std::uint32_t> inside_{0};
  atomic<bool> failed_{false};  // Whoever sets it keeps its exception.
  std::exception_ptr first_error_;
};

// Runs body on the calling thread and on up to `helpers` of the executor's as they become free;
// returns when all that began have ended, and rethrows the first exception, the caller's before
// others.
void run_team(executor& on, std::size_t helpers, function_ref<void()> body);

}  // namespace detail
}  // namespace par::inline PAR_ABI
