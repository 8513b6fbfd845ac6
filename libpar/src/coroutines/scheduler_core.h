// What a scheduler runs, and when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>

#include "inbox.h"
#include "par/coroutines/routine.h"
#include "par/coroutines/scheduler_clock.h"
#include "timer_heap.h"

namespace par::inline PAR_ABI::detail {

// Used by one thread.
class scheduler_core {
 public:
  explicit scheduler_core(scheduler_clock& clock) noexcept : clock_(clock) {}
  ~scheduler_core();
  scheduler_core(const scheduler_core&) = delete;
  scheduler_core& operator=(const scheduler_core&) = delete;

  // Takes part in the ownership until the end. Throws std::logic_error while everything is
  // destroyed.
  void add(routine& fresh);
  [[nodiscard]] std::string next_name();

  void run_all();
  void run_until_ended(const routine& first);  // Then cancels what is left, and runs that.

  [[nodiscard]] std::size_t alive() const noexcept { return alive_; }
  [[nodiscard]] scheduler_clock& clock() const noexcept { return clock_; }
  [[nodiscard]] bool closing() const noexcept { return closing_; }

  // For routines.
  void make_ready(routine& which) noexcept { ready_.push_back(which); }
  [[nodiscard]] timer_heap& timers() noexcept { return timers_; }
  void expect_from_outside() noexcept { ++expected_; }
  void expect_no_more() noexcept { --expected_; }
  void arrive_from_outside(routine& which) { inbox_.put(which); }
  void keep_error(std::exception_ptr error) noexcept;

 private:
  class run_scope;

  bool run_one_round();  // False: none can run, and nothing can change that.
  bool wait_for_work();
  void take_inbox();
  void wake_due();
  void resume(routine& which);
  void finish(routine& which);
  void drop(routine& which);
  void announce_end(routine& which, const std::exception_ptr& thrown);
  void abandon(routine& which);
  void cancel_all();
  [[noreturn]] void throw_why_none_can_run();
  void throw_kept_error();

  scheduler_clock& clock_;
  ring_node known_;  // All that are alive or have owners, in the order of being added.
  routine_list ready_;
  timer_heap timers_;
  inbox inbox_;
  std::size_t alive_ = 0;
  std::size_t expected_ = 0;  // Routines that wait for other threads.
  std::uint64_t names_ = 0;
  std::exception_ptr error_;  // The first that nobody will ask for.
  bool running_ = false;
  bool closing_ = false;
};

}  // namespace par::inline PAR_ABI::detail
