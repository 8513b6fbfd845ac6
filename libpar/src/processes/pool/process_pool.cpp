#include "par/processes/process_pool.h"

#include <unistd.h>

#include <chrono>
#include <deque>
#include <stdexcept>

#include "crew.h"
#include "par/locks/event.h"
#include "par/pools/executor.h"
#include "par/pools/thread.h"
#include "pool_inbox.h"

namespace par::inline PAR_ABI {

using detail::pool_inbox;
using detail::task_ptr;

namespace {

detail::crew_options checked(process_pool_options options, detail::remote_call initializer) {
  if (options.workers == 0) throw std::invalid_argument("process_pool: 0 workers");
  return {.workers = options.workers,
          .name = std::move(options.name),
          .start = options.start,
          .initializer = std::move(initializer),
          .max_tasks = options.max_tasks_per_child,
          .retries = options.retries};
}

// A worker may have died of those that have begun, or given them back: they are finished.
void cancel_unbegun(std::deque<task_ptr>& tasks) {
  std::erase_if(tasks, [](const task_ptr& each) {
    if (!each->has_begun()) each->cancel();
    return !each->has_begun();
  });
}

thread_local const void* running_here = nullptr;  // The state whose thread this is.

}  // namespace

// What the pool's thread works with. Shared with it, so that a callback may destroy the pool.
class process_pool::state : public std::enable_shared_from_this<state> {
 public:
  explicit state(detail::crew_options options)
      : size_(options.workers),
        forks_(options.start == start_method::fork),
        crew_(std::move(options), inbox_.bell()) {}

  void start() {
    thread_ = thread("process pool", [self = shared_from_this()] { self->run(); });
  }

  [[nodiscard]] bool is_foreign() const noexcept { return owner_ != ::getpid(); }
  [[nodiscard]] bool runs_here() const noexcept { return running_here == this; }

  void join() {
    if (inbox_.how_to_end() == pool_inbox::ending::none) {
      throw std::logic_error("process_pool: join before close or terminate");
    }
    if (runs_here()) throw std::logic_error("process_pool: join in a callback");
    ended_.wait();
  }

  void let_go() {
    inbox_.end(pool_inbox::ending::at_once);
    if (runs_here())
      thread_.detach();
    else
      thread_.join();
  }

  [[nodiscard]] pool_inbox& orders() noexcept { return inbox_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool forks() const noexcept { return forks_; }
  [[nodiscard]] std::vector<pid_t> pids() const { return crew_.pids(); }

 private:
  // How long a dead worker may go unnoticed while the others keep this thread awake.
  static constexpr std::chrono::milliseconds between_looks{1};

  void run() {
    running_here = this;
    std::deque<task_ptr> tasks;
    pool_inbox::contents came;
    auto last_look = std::chrono::steady_clock::now();
    while (!crew_.broken()) {
      const bool moved = step(came, tasks);
      if (is_over(came.end, tasks)) break;
      if (!moved) {
        sleep(came.end, tasks);
      } else if (const auto now = std::chrono::steady_clock::now();
                 now - last_look > between_looks) {
        last_look = now;
        crew_.replace_dead(tasks);
      }
    }
    finish(came.end, tasks);
    ended_.set();
  }

  [[nodiscard]] bool is_over(pool_inbox::ending how,
                             const std::deque<task_ptr>& tasks) const noexcept {
    if (how == pool_inbox::ending::at_once) return true;
    return how != pool_inbox::ending::none && tasks.empty() && crew_.idle();
  }

  // True: something has moved, so more may have.
  bool step(pool_inbox::contents& came, std::deque<task_ptr>& tasks) {
    bool moved = inbox_.take(came);
    for (task_ptr& each : came.tasks) tasks.push_back(std::move(each));
    came.tasks.clear();
    if (came.end == pool_inbox::ending::cancel) cancel_unbegun(tasks);
    moved = crew_.collect() || moved;
    crew_.hand_out(tasks);
    return moved;
  }

  void sleep(pool_inbox::ending seen, std::deque<task_ptr>& tasks) {
    inbox_.say_asleep(true);
    crew_.say_asleep(true);
    if (!inbox_.waiting(seen) && !crew_.has_results()) crew_.sleep();
    crew_.say_asleep(false);
    inbox_.say_asleep(false);
    inbox_.silence();
    crew_.replace_dead(tasks);
  }

  void finish(pool_inbox::ending how, std::deque<task_ptr>& tasks) {
    if (crew_.broken()) {
      const auto why = std::make_exception_ptr(broken_process_pool(*crew_.broken()));
      inbox_.break_with(why);
      pool_inbox::contents rest;
      static_cast<void>(inbox_.take(rest));
      for (task_ptr& each : rest.tasks) tasks.push_back(std::move(each));
      crew_.kill(why);
      for (const task_ptr& each : tasks) each->fail(why);
    } else if (how == pool_inbox::ending::at_once) {
      crew_.kill(nullptr);
      for (const task_ptr& each : tasks) each->cancel();
    } else {
      crew_.dismiss();
    }
  }

  const pid_t owner_ = ::getpid();
  const std::size_t size_;
  const bool forks_;
  pool_inbox inbox_;
  detail::crew crew_;
  event ended_;
  thread thread_;
};

process_pool::process_pool(process_pool_options options) {
  detail::remote_call initializer = std::move(options.initializer.call_);
  state_ = std::make_shared<state>(checked(std::move(options), std::move(initializer)));
  state_->start();
}

process_pool::process_pool(std::size_t workers)
    : process_pool(process_pool_options{.workers = workers}) {}

// In another process than its own: its thread is not there, its locks may be held.
process_pool::~process_pool() {  // NOLINT(bugprone-exception-escape): as in ~lock_guard.
  if (state_->is_foreign()) {
    // Left behind on purpose. NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): as above.
    static_cast<void>(new std::shared_ptr<state>(std::move(state_)));
  } else {
    state_->let_go();
  }
}

process_pool::state& process_pool::here() const {
  if (state_->is_foreign()) {
    throw std::logic_error("process_pool: made by the process that forked this one");
  }
  return *state_;
}

void process_pool::post(std::unique_ptr<detail::pool_task> task) {
  state& own = here();
  if (task->call().closure != nullptr && !own.forks()) {
    throw std::logic_error("process_pool: closures need the start method fork; name a function");
  }
  own.orders().post(std::move(task));
}

void process_pool::shutdown(pending what) {
  here().orders().end(what == pending::finish ? pool_inbox::ending::finish
                                              : pool_inbox::ending::cancel);
}

void process_pool::terminate() {
  here().orders().end(pool_inbox::ending::at_once);
}

void process_pool::join() {
  here().join();
}

std::size_t process_pool::size() const noexcept {
  return state_->size();
}

std::vector<pid_t> process_pool::pids() const {
  return here().pids();
}

}  // namespace par::inline PAR_ABI
