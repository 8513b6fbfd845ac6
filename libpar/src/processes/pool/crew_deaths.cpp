// What becomes of workers that die, and of what they held.
#include <poll.h>

#include <algorithm>
#include <exception>
#include <ranges>
#include <utility>

#include "../poll_files.h"
#include "crew.h"
#include "par/processes/worker_died.h"

namespace par::inline PAR_ABI::detail {
namespace {

// In a row, for each post.
constexpr unsigned most_failures = 3;

// One without a handle had ended before it could be had.
bool has_ended(const worker_link& worker) {
  if (worker.native_handle() < 0) return true;
  pollfd file{.fd = worker.native_handle(), .events = POLLIN, .revents = 0};
  return poll_files({&file, 1}, deadline::in(std::chrono::seconds(0)), {});
}

}  // namespace

void crew::replace_dead(std::deque<task_ptr>& tasks) {
  bool any = false;
  for (post& each : posts_) {
    if (each.worker != nullptr ? !has_ended(*each.worker) : !each.next_start.passed()) continue;
    replace(each, tasks);
    any = true;
  }
  if (any) note_pids();
}

void crew::replace(post& at, std::deque<task_ptr>& tasks) {
  if (at.worker != nullptr) {
    const pid_t pid = at.worker->pid();
    remains left = at.worker->bury();
    for (task_ptr& each : left.untouched | std::views::reverse) tasks.push_front(std::move(each));
    if (left.running != nullptr) bury_task(std::move(left.running), pid, left.status, tasks);
    const bool failed = !at.worker->has_been_ready();
    const std::string complaint = at.worker->complaint();
    at.worker = nullptr;
    if (failed) {
      return note_failure(at, complaint.empty() ? worker_died(pid, left.status).what() : complaint);
    }
    failures_ = 0;
  }
  try {
    start(at);
  } catch (const std::exception& error) {  // Descriptors or memory may come back.
    note_failure(at, error.what());
  }
}

// While others work, it is tried again and again.
void crew::note_failure(post& at, const std::string& why) {
  at.next_start = deadline::in(before_next_start);
  if (++failures_ >= most_failures * posts_.size() && nobody_is_ready()) broken_ = why;
}

bool crew::nobody_is_ready() const noexcept {
  return std::ranges::none_of(posts_, [](const post& each) {
    return each.worker != nullptr && each.worker->has_been_ready();
  });
}

void crew::bury_task(task_ptr task, pid_t worker, exit_status status,
                     std::deque<task_ptr>& tasks) const {
  if (task->deaths < options_.retries) {
    ++task->deaths;
    tasks.push_front(std::move(task));
  } else {
    std::exception_ptr error = std::make_exception_ptr(worker_died(worker, status));
    task->fail(std::move(error));
  }
}

}  // namespace par::inline PAR_ABI::detail
