// The pending timers, and the thread that calls them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "par/base/deadline.h"
#include "par/base/thread_safety.h"
#include "par/base/unique_function.h"
#include "par/locks/condition_variable.h"
#include "par/locks/event.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

struct timer_entry {
  enum phase { pending, called, finished };

  using key = std::pair<deadline::clock::time_point, std::uint64_t>;

  key at;                        // When, and its number among all.
  unique_function<void()> call;  // The queue's; the thread's from `called` on.
  phase now = pending;           // Guarded by the queue.
  event over;
};

// Thread-safe. Never destroyed.
class timer_queue {
 public:
  static timer_queue& instance();

  void add(deadline when, const std::shared_ptr<timer_entry>& entry);
  bool cancel(timer_entry& entry);
  [[nodiscard]] bool is_over(const timer_entry& entry);

  // That the calling thread is in the call of this one.
  [[nodiscard]] static bool calls_now(const timer_entry& entry) noexcept;

 private:
  timer_queue();

  void run();
  std::shared_ptr<timer_entry> next_due();  // Null: none is left, and the thread must end.
  void call(timer_entry& entry);
  bool forget(const timer_entry& entry);

  static void before_fork() noexcept;
  static void after_fork_in_parent() noexcept;
  static void after_fork_in_child() noexcept;

  mutex guard_;
  condition_variable changed_;  // Another is first.
  std::map<timer_entry::key, std::shared_ptr<timer_entry>> pending_ PAR_GUARDED_BY(guard_);
  std::shared_ptr<timer_entry> called_ PAR_GUARDED_BY(guard_);
  std::uint64_t last_number_ PAR_GUARDED_BY(guard_) = 0;
  bool has_thread_ PAR_GUARDED_BY(guard_) = false;
};

}  // namespace par::inline PAR_ABI::detail
