#include "par/pools/thread_pool.h"

#include <list>
#include <stdexcept>
#include <string>
#include <system_error>

#include "fork_aware.h"
#include "par/base/thread_safety.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/pools/thread.h"
#include "pool_core.h"

namespace par::inline PAR_ABI {

using detail::job_list;
using detail::pool_core;

namespace {

thread_pool_options checked(thread_pool_options options) {
  if (options.threads == 0) throw std::invalid_argument("thread_pool: 0 threads");
  return options;
}

std::exception_ptr broken_by(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return std::make_exception_ptr(broken_pool(e.what()));
  } catch (...) {
    return std::make_exception_ptr(broken_pool("no std::exception"));
  }
}

}  // namespace

// The threads, and what they are made with. Shared by them, so that a pool may be destroyed by one
// of its own tasks.
class thread_pool::state final : public detail::thread_starter,
                                 public detail::fork_aware,
                                 public std::enable_shared_from_this<state> {
 public:
  explicit state(thread_pool_options options) : options_(checked(std::move(options))) { renew(); }

  void start() {
    std::size_t running = 0;
    while (running < options_.threads && core().start()) ++running;
    if (running == 0) throw_start_error();
    width_ = running;
  }

  // One slot each for the threads that run at once, and for the spare ones.
  void renew() {
    core_.reset();
    core_ = std::make_unique<pool_core>(options_.threads, options_.threads + options_.spare_threads,
                                        *this);
  }

  pool_core& core() noexcept { return *core_; }
  [[nodiscard]] std::size_t width() const noexcept { return width_; }

  [[noreturn]] void refuse() {
    const lock_guard lock(guard_);
    if (broken_ != nullptr) std::rethrow_exception(broken_);
    throw executor_closed();
  }

  [[noreturn]] void throw_start_error() {
    const lock_guard lock(guard_);
    throw std::system_error(start_error_, "thread_pool: no thread can be had");
  }

  void throw_if_broken() {
    const lock_guard lock(guard_);
    if (broken_ != nullptr) std::rethrow_exception(broken_);
  }

  // Those that start one more are joined themselves before they are looked for again.
  void join() {
    for (;;) {
      std::list<thread> ending;
      {
        const lock_guard lock(guard_);
        ending.swap(threads_);
      }
      if (ending.empty()) return;
      for (thread& each : ending) each.join();
    }
  }

  void detach() {
    const lock_guard lock(guard_);
    detached_ = true;
    for (thread& each : threads_) each.detach();
    threads_.clear();
  }

 private:
  // Without the lock: starting a thread takes others, which a fork takes before this one.
  // NOLINTNEXTLINE(bugprone-exception-escape): as in ~lock_guard.
  bool start_thread(std::size_t slot) noexcept override {
    try {
      std::list<thread> started;
      started.emplace_back(options_.name + '-' + std::to_string(slot),
                           [self = shared_from_this(), slot] { self->run_thread(slot); });
      const lock_guard lock(guard_);
      if (detached_) started.back().detach();
      threads_.splice(threads_.end(), started);
      return true;
    } catch (const std::system_error& error) {
      note_start_error(error.code());
    } catch (const std::bad_alloc&) {
      note_start_error(std::make_error_code(std::errc::not_enough_memory));
    }
    return false;
  }

  void note_start_error(std::error_code error) {
    const lock_guard lock(guard_);
    start_error_ = error;
  }

  void run_thread(std::size_t slot) {
    const detail::task_scope scope;
    try {
      if (options_.on_start) options_.on_start();
    } catch (...) {
      break_with(broken_by(std::current_exception()));
    }
    core().work(slot);
    if (options_.on_exit) options_.on_exit();
  }

  void break_with(const std::exception_ptr& error) {
    {
      const lock_guard lock(guard_);
      if (broken_ == nullptr) broken_ = error;
    }
    core().close();
    core().drop_queued(error);
  }

  // Held over fork, so that the child finds the list whole; the analysis cannot follow.
  void before_fork() noexcept override PAR_NO_THREAD_SAFETY_ANALYSIS { guard_.lock(); }
  void after_fork_in_parent() noexcept override PAR_NO_THREAD_SAFETY_ANALYSIS { guard_.unlock(); }

  // The parent's core is left as it is: its locks may be held, and a task that forked still runs
  // on top of it. The threads are the parent's to join.
  void after_fork_in_child() noexcept override PAR_NO_THREAD_SAFETY_ANALYSIS {
    // Left behind on purpose, both.
    static_cast<void>(core_.release());  // NOLINT(bugprone-unused-return-value)
    pool_core::forget_this_thread();
    // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): without memory there is no pool.
    static_cast<void>(new std::list<thread>(std::move(threads_)));
    threads_.clear();
    guard_.unlock();
    renew();
  }

  thread_pool_options options_;
  std::size_t width_ = 0;
  std::unique_ptr<pool_core> core_;
  mutex guard_;
  std::exception_ptr broken_ PAR_GUARDED_BY(guard_);
  std::error_code start_error_ PAR_GUARDED_BY(guard_);
  bool detached_ PAR_GUARDED_BY(guard_) = false;
  std::list<thread> threads_ PAR_GUARDED_BY(guard_);
};

thread_pool::thread_pool(thread_pool_options options)
    : state_(std::make_shared<state>(std::move(options))) {
  state_->start();
}

thread_pool::thread_pool(std::size_t threads, std::string name)
    : thread_pool({.threads = threads, .name = std::move(name)}) {}

thread_pool::~thread_pool() {  // NOLINT(bugprone-exception-escape): as in ~lock_guard.
  state_->core().close();
  if (state_->core().runs_here())
    state_->detach();
  else
    state_->join();
}

void thread_pool::post(unique_function<void()> task) {
  post_job(state_->core().make_closure(std::move(task)));
}

void thread_pool::post_bulk(std::span<unique_function<void()>> tasks) {
  job_list work;
  for (unique_function<void()>& each : tasks) {
    work.push_back(state_->core().make_closure(std::move(each)));
  }
  if (state_->core().post(work)) return;
  while (detail::job* const each = work.pop_front()) each->drop(nullptr);
  state_->refuse();
}

void thread_pool::post_job(detail::job& work) {
  if (state_->core().post(work)) return;
  work.drop(nullptr);
  state_->refuse();
}

bool thread_pool::take_back(detail::job& work) noexcept {
  return state_->core().take_back(work);
}

void thread_pool::wait_idle() {
  state_->core().wait_idle();
  state_->throw_if_broken();
}

std::size_t thread_pool::concurrency() const noexcept {
  return state_->width();
}

void thread_pool::shutdown(pending what) {
  state_->core().close();
  if (what == pending::cancel) state_->core().drop_queued(nullptr);
}

void thread_pool::join() {
  if (state_->core().runs_here())
    throw std::logic_error("join called from a task of the same pool");
  state_->join();
}

}  // namespace par::inline PAR_ABI
