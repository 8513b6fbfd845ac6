#include "par/pools/thread_pool.h"

#include <deque>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "par/base/thread_safety.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"
#include "par/pools/thread.h"
#include "task_count.h"

namespace par::inline PAR_ABI {
namespace {

using task_list = std::deque<unique_function<void()>>;

// What the calling thread is, if it is a worker of some pool.
struct worker_identity {
  const void* pool = nullptr;
  std::size_t index = 0;
};
thread_local worker_identity this_worker;

unique_function<void()> pop_front(task_list& tasks) {
  unique_function<void()> task = std::move(tasks.front());
  tasks.pop_front();
  return task;
}

unique_function<void()> pop_back(task_list& tasks) {
  unique_function<void()> task = std::move(tasks.back());
  tasks.pop_back();
  return task;
}

}  // namespace

// One lock guards all queues: what came from outside, and one list for each worker that only its
// own tasks add to. A worker takes its own newest, else the oldest from outside, else another's
// oldest.
struct thread_pool::state {
  void post(unique_function<void()> task);
  void shutdown(pending what);
  void work(std::size_t self);
  unique_function<void()> take(std::size_t self) PAR_REQUIRES(guard);

  detail::task_count tasks;
  mutex guard;
  condition_variable changed;  // Something was queued, or the pool closes.
  task_list injected PAR_GUARDED_BY(guard);
  std::vector<task_list> local PAR_GUARDED_BY(guard);
  bool closed PAR_GUARDED_BY(guard) = false;
  std::vector<thread> threads;  // Last, so that they are joined before the rest goes.
};

thread_pool::thread_pool(std::size_t threads, const std::string& name)
    : state_(std::make_unique<state>()) {
  if (threads == 0) throw std::invalid_argument("thread_pool: 0 threads");
  {
    const lock_guard lock(state_->guard);
    state_->local.resize(threads);
  }
  state_->threads.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    try {
      state_->threads.emplace_back(name + '-' + std::to_string(i),
                                   [state = state_.get(), i] { state->work(i); });
    } catch (const std::system_error&) {
      if (i == 0) throw;
      break;
    }
  }
}

thread_pool::~thread_pool() {
  state_->shutdown(pending::finish);
}

void thread_pool::post(unique_function<void()> task) {
  state_->post(std::move(task));
}
void thread_pool::wait_idle() {
  state_->tasks.wait_idle();
}
std::size_t thread_pool::concurrency() const noexcept {
  return state_->threads.size();
}
void thread_pool::shutdown(pending what) {
  state_->shutdown(what);
}

void thread_pool::state::post(unique_function<void()> task) {
  {
    const lock_guard lock(guard);
    if (closed && !tasks.runs_here()) throw executor_closed();
    (this_worker.pool == this ? local[this_worker.index] : injected).push_back(std::move(task));
    tasks.add();
  }
  changed.notify_one();
}

void thread_pool::state::shutdown(pending what) {
  task_list dropped;  // Destroyed without the lock: a task's destructor may do anything.
  {
    const lock_guard lock(guard);
    closed = true;
    if (what == pending::cancel) {
      dropped.swap(injected);
      for (task_list& each : local) {
        while (!each.empty()) dropped.push_back(pop_front(each));
      }
    }
  }
  changed.notify_all();
  const std::size_t count = dropped.size();
  dropped.clear();
  if (count > 0) tasks.drop(count);
}

void thread_pool::state::work(std::size_t self) {
  this_worker = {this, self};
  unique_lock lock(guard);
  for (;;) {
    if (unique_function<void()> task = take(self)) {
      lock.unlock();
      tasks.run(std::move(task));
      lock.lock();
    } else if (closed) {
      return;
    } else {
      changed.wait(lock);
    }
  }
}

unique_function<void()> thread_pool::state::take(std::size_t self) {
  if (!local[self].empty()) return pop_back(local[self]);
  if (!injected.empty()) return pop_front(injected);
  for (task_list& other : local) {
    if (!other.empty()) return pop_front(other);
  }
  return {};
}

}  // namespace par::inline PAR_ABI
