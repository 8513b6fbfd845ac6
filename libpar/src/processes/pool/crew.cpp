#include "crew.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "../poll_files.h"
#include "par/locks/lock_guard.h"
#include "par/processes/worker_died.h"

namespace par::inline PAR_ABI::detail {

crew::crew(crew_options options, const descriptor& bell)
    : options_(std::move(options)), bell_(bell), posts_(options_.workers) {
  for (post& each : posts_) start(each);
  note_pids();
}

worker_plan crew::plan_for(const post& at) const {
  return {.name = options_.name + '-' + std::to_string(&at - posts_.data()),
          .start = options_.start,
          .initializer = options_.initializer.runner != nullptr ? &options_.initializer : nullptr,
          .bell = &bell_};
}

void crew::start(post& at) {
  at.worker = std::make_unique<worker_link>(plan_for(at));
}

// The worker that was there has nothing to do.
void crew::fork_for(post& at, task_ptr& task) {
  at.worker->stop();
  static_cast<void>(at.worker->bury());
  at.worker = nullptr;
  std::exception_ptr error;
  try {
    at.worker = std::make_unique<worker_link>(plan_for(at), task);
  } catch (...) {
    error = std::current_exception();
  }
  if (error != nullptr) task->fail(std::move(error));
  note_pids();
}

bool crew::collect() {
  bool any = false;
  for (const post& each : posts_) {
    if (each.worker == nullptr) continue;
    const bool ready_before = each.worker->has_been_ready();
    any = each.worker->collect() || any;
    if (each.worker->has_been_ready() && !ready_before) failures_ = 0;
    if (used_up(*each.worker) && each.worker->held() == 0) each.worker->stop();
  }
  return any;
}

bool crew::used_up(const worker_link& worker) const noexcept {
  return options_.max_tasks != 0 && worker.given() >= options_.max_tasks;
}

bool crew::has_room(const worker_link& worker) const noexcept {
  return worker.ready() && worker.held() < worker.window() && !used_up(worker);
}

// The one with the least to do, but for those.
crew::post* crew::choose(pool_task& task, std::span<post* const> full) {
  const bool must_be_idle = task.call().closure != nullptr || needs_files(task.call().arguments);
  post* chosen = nullptr;
  for (post& each : posts_) {
    if (each.worker == nullptr || !has_room(*each.worker)) continue;
    if (must_be_idle && each.worker->held() > 0) continue;
    if (std::ranges::find(full, &each) != full.end()) continue;
    if (chosen == nullptr || each.worker->held() < chosen->worker->held()) chosen = &each;
  }
  return chosen;
}

void crew::hand_out(std::deque<task_ptr>& tasks) {
  waits_for_room_ = false;
  if (tasks.empty()) share(tasks);
  std::vector<post*> full;
  while (!tasks.empty()) {
    task_ptr& next = tasks.front();
    post* const at = choose(*next, full);
    if (at == nullptr) break;
    if (next->begin()) {  // Else it was cancelled.
      if (next->call().closure != nullptr) {
        fork_for(*at, next);
      } else if (!at->worker->give(next)) {
        full.push_back(at);
        waits_for_room_ = waits_for_room_ || at->worker->held() == 0;
        continue;
      }
    }
    tasks.pop_front();
  }
  for (const post& each : posts_) {
    if (each.worker != nullptr) each.worker->publish();
  }
}

// Who has nothing to do gets half of what another one has not begun: the task in front of it may
// take long.
void crew::share(std::deque<task_ptr>& tasks) {
  const auto held = [](const post& of) { return of.worker != nullptr ? of.worker->held() : 0; };
  const bool any_idle = std::ranges::any_of(posts_, [&](const post& each) {
    return each.worker != nullptr && held(each) == 0 && has_room(*each.worker);
  });
  if (!any_idle) return;
  const auto busiest = std::ranges::max_element(posts_, {}, held);
  for (std::size_t left = held(*busiest) / 2; left > 0; --left) {
    task_ptr task = busiest->worker->take_back();
    if (task == nullptr) return;
    tasks.push_front(std::move(task));
  }
}

void crew::sleep() {
  std::vector<pollfd> files = {{.fd = bell_.get(), .events = POLLIN, .revents = 0}};
  bool all_there = true;
  for (const post& each : posts_) {
    all_there = all_there && each.worker != nullptr;
    if (each.worker == nullptr) continue;
    files.push_back({.fd = each.worker->native_handle(), .events = POLLIN, .revents = 0});
  }
  deadline until = all_there ? deadline::never() : deadline::in(before_next_start);
  if (waits_for_room_) until = deadline::in(before_next_try);
  static_cast<void>(poll_files(files, until, {}));
}

bool crew::idle() const noexcept {
  return std::ranges::all_of(
      posts_, [](const post& each) { return each.worker == nullptr || each.worker->held() == 0; });
}

void crew::say_asleep(bool asleep) noexcept {
  for (const post& each : posts_) {
    if (each.worker != nullptr) each.worker->say_asleep(asleep);
  }
}

bool crew::has_results() const noexcept {
  return std::ranges::any_of(posts_, [](const post& each) {
    return each.worker != nullptr && each.worker->has_results();
  });
}

// One that is not ready yet would not see it for long.
void crew::dismiss() {
  for (const post& each : posts_) {
    if (each.worker == nullptr) continue;
    if (each.worker->has_been_ready())
      each.worker->stop();
    else
      each.worker->kill();
  }
  for (const post& each : posts_) {
    if (each.worker != nullptr) static_cast<void>(each.worker->bury());
  }
  posts_.clear();
  note_pids();
}

void crew::kill(const std::exception_ptr& why) {
  for (const post& each : posts_) {
    if (each.worker != nullptr) each.worker->kill();
  }
  for (const post& each : posts_) {
    if (each.worker == nullptr) continue;
    const pid_t pid = each.worker->pid();
    const remains left = each.worker->bury();
    std::exception_ptr death = why;
    if (death == nullptr) death = std::make_exception_ptr(worker_died(pid, left.status));
    if (left.running != nullptr) left.running->fail(std::move(death));
    for (const task_ptr& task : left.untouched) why != nullptr ? task->fail(why) : task->cancel();
  }
  posts_.clear();
  note_pids();
}

std::vector<pid_t> crew::pids() const {
  const lock_guard lock(guard_);
  return pids_;
}

void crew::note_pids() {
  std::vector<pid_t> alive;
  for (const post& each : posts_) {
    if (each.worker != nullptr) alive.push_back(each.worker->pid());
  }
  const lock_guard lock(guard_);
  pids_ = std::move(alive);
}

}  // namespace par::inline PAR_ABI::detail
