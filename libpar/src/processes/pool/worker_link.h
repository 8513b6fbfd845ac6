// A pool's side of one worker: the process, its channel, and the tasks that it holds.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "channel.h"
#include "message.h"
#include "pace.h"
#include "par/processes/connection.h"
#include "par/processes/exit_status.h"
#include "par/processes/pool_task.h"
#include "par/processes/process.h"

namespace par::inline PAR_ABI::detail {

using task_ptr = std::unique_ptr<pool_task>;

// How workers are started.
struct worker_plan {
  std::string name;
  start_method start;
  const remote_call* initializer;  // Null: none.
  const descriptor* bell;          // That wakes the pool.
};

// What a worker left when it ended.
struct remains {
  exit_status status = exit_status::unknown();
  task_ptr running;                 // Null: it was between two tasks.
  std::vector<task_ptr> untouched;  // In order.
};

// Used by one thread.
class worker_link {
 public:
  // Starts it. Throws std::system_error.
  explicit worker_link(const worker_plan& plan);
  // Forks one that begins with a closure; takes the task unless it throws.
  worker_link(const worker_plan& plan, task_ptr& first);

  [[nodiscard]] pid_t pid() const noexcept { return process_.pid(); }
  [[nodiscard]] int native_handle() const noexcept { return process_.native_handle(); }

  [[nodiscard]] bool ready() const noexcept { return ready_ && !stopped_; }
  [[nodiscard]] bool has_been_ready() const noexcept { return ready_; }
  // What its initializer threw.
  [[nodiscard]] const std::string& complaint() const noexcept { return complaint_; }
  [[nodiscard]] std::size_t held() const noexcept { return held_.size(); }
  [[nodiscard]] std::size_t given() const noexcept { return given_; }
  [[nodiscard]] std::size_t window() const noexcept { return pace_.window(); }

  // False: there is no room now. What makes a task impossible to send is its result.
  [[nodiscard]] bool give(task_ptr& task);
  // Shows it what it was given.
  void publish();
  // The last task that it was given, if it has not begun it.
  [[nodiscard]] task_ptr take_back();

  // Ends the tasks whose results have come; true: there were some, or it became ready.
  bool collect();
  [[nodiscard]] bool has_results() const noexcept { return !results_.ready().empty(); }
  void say_asleep(bool asleep) noexcept { channel_->words().pool_sleeps.store(asleep ? 1 : 0); }

  void stop() noexcept;  // Ends when it has nothing to do.
  void kill() noexcept;
  // Waits for its end.
  [[nodiscard]] remains bury();

 private:
  struct held_task {
    task_ptr task;
    std::uint64_t position;  // Of its request.
  };

  static constexpr std::uint64_t nowhere = UINT64_MAX;  // Of a closure: it has no request.

  worker_link(const worker_plan& plan, const forked_closure& first, const descriptor& memory,
              std::pair<connection, connection> files);

  [[nodiscard]] bool put(std::uint32_t function, parcel& message);
  [[nodiscard]] parcel_head send_files(parcel& message);
  [[nodiscard]] std::optional<std::uint32_t> number_of(task_runner* function);
  [[nodiscard]] bool has_begun(const held_task& task) const noexcept;
  [[nodiscard]] task_head& request_at(std::uint64_t position) const noexcept;
  void take(const result_head& head, const std::byte* bytes);
  void receive(const result_head& head, const std::byte* bytes);
  void settle(result_kind kind, pool_task* task);
  void distrust() noexcept;

  std::unique_ptr<channel> channel_;
  connection files_;
  ring_writer requests_;
  ring_reader results_;
  process process_;
  std::deque<held_task> held_;
  std::unordered_map<task_runner*, std::uint32_t> functions_;  // That it knows.
  parcel result_;
  std::string complaint_;
  pace pace_;
  std::size_t given_ = 0;
  bool unseen_ = false;  // It was given something since publish().
  bool ready_ = false;
  bool stopped_ = false;
  bool trusted_ = true;  // What it wrote made sense so far.
};

}  // namespace par::inline PAR_ABI::detail
