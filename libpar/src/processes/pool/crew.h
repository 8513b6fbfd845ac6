// The workers of a pool: who holds which task, and who takes the place of the dead.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "par/base/deadline.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"
#include "par/processes/process_pool_options.h"
#include "worker_link.h"

namespace par::inline PAR_ABI::detail {

struct crew_options {
  std::size_t workers;
  std::string name;
  start_method start;
  remote_call initializer;
  std::size_t max_tasks;  // Of a worker; 0: any number.
  unsigned retries;       // Of a task.
};

// Used by one thread, but for pids().
class crew {
 public:
  // `bell` wakes the pool, and must outlive this. Throws std::system_error if a worker cannot be
  // started.
  crew(crew_options options, const descriptor& bell);

  // Takes results; true: something moved. Their futures tell whoever waits, here.
  bool collect();
  // Gives tasks to those who have time for them, from the front.
  void hand_out(std::deque<task_ptr>& tasks);
  // Sleeps until the bell rings, a worker ends, or there is something to try again.
  void sleep();
  // Waits for the dead, if there are any, and replaces them; what they had not begun goes to the
  // front of the tasks.
  void replace_dead(std::deque<task_ptr>& tasks);

  [[nodiscard]] bool idle() const noexcept;  // Nobody holds anything.
  // Why no worker comes up any more.
  [[nodiscard]] const std::optional<std::string>& broken() const noexcept { return broken_; }

  void say_asleep(bool asleep) noexcept;
  [[nodiscard]] bool has_results() const noexcept;

  // REQUIRES idle(). Lets them end, and waits for that.
  void dismiss();
  // Kills them, and waits. What they held fails with `why`; null: with their death, and what they
  // had not begun is cancelled.
  void kill(const std::exception_ptr& why);

  // Of those alive. Thread-safe.
  [[nodiscard]] std::vector<pid_t> pids() const;

 private:
  static constexpr std::chrono::milliseconds before_next_start{20};
  static constexpr std::chrono::milliseconds before_next_try{1};

  struct post {
    std::unique_ptr<worker_link> worker;                          // Null: it could not be started,
    deadline next_start = deadline::in(std::chrono::seconds(0));  // and is not, before that.
  };

  [[nodiscard]] worker_plan plan_for(const post& at) const;
  void start(post& at);
  void fork_for(post& at, task_ptr& task);
  void replace(post& at, std::deque<task_ptr>& tasks);
  void note_failure(post& at, const std::string& why);
  [[nodiscard]] bool nobody_is_ready() const noexcept;
  void bury_task(task_ptr task, pid_t worker, exit_status status,
                 std::deque<task_ptr>& tasks) const;
  [[nodiscard]] post* choose(pool_task& task, std::span<post* const> full);
  void share(std::deque<task_ptr>& tasks);
  [[nodiscard]] bool has_room(const worker_link& worker) const noexcept;
  [[nodiscard]] bool used_up(const worker_link& worker) const noexcept;
  void note_pids();

  crew_options options_;
  const descriptor& bell_;
  std::vector<post> posts_;
  // A task does not fit in the memory of a worker that has answered all: it is about to free what
  // was taken back from it, and rings for nothing then.
  bool waits_for_room_ = false;
  unsigned failures_ = 0;  // To start one, since one last became ready.
  std::optional<std::string> broken_;

  mutable mutex guard_;
  std::vector<pid_t> pids_ PAR_GUARDED_BY(guard_);
};

}  // namespace par::inline PAR_ABI::detail
