// A fixed set of threads that run tasks, stealing from one another when idle.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "par/base/unique_function.h"
#include "par/pools/executor.h"
#include "par/pools/future.h"

namespace par::inline PAR_ABI {

// The initializer of a pool threw: nothing runs there any more. Thrown by post and wait_idle, and
// by the futures of what was queued; what() ends with what the initializer said.
class broken_pool : public std::runtime_error {
 public:
  explicit broken_pool(const std::string& reason)
      : std::runtime_error("thread pool is broken, its initializer failed: " + reason) {}
};

struct thread_pool_options {
  std::size_t threads = 1;   // That run tasks at once; at least 1.
  std::string name = "par";  // The threads are "name-0", "name-1", ... (15 bytes kept by Linux).
  // How many more there may be while others wait inside a task (see blocking_scope).
  std::size_t spare_threads = 8;
  // Called on each thread before its first task, and after its last.
  unique_function<void()> on_start = {};
  unique_function<void()> on_exit = {};
};

// Thread-safe. A task may submit more work and wait for it: waiting runs the awaited task here if
// it is still queued; otherwise the thread sleeps, and a spare one takes its place while there is
// work. So a wait never runs anything else, and cannot meet a lock that the waiter holds.
//
// After fork() the child's pool is empty and starts threads of its own when it gets a task. What
// was queued runs in the parent only; forking inside a task is allowed.
class thread_pool final : public executor {
 public:
  enum class pending { finish, cancel };

  // Starts the threads. Throws std::invalid_argument for 0 threads, std::system_error if the first
  // cannot start; fewer than asked for is not an error, concurrency() tells how many run.
  explicit thread_pool(thread_pool_options options);
  explicit thread_pool(std::size_t threads, std::string name = "par");

  // Finishes what was posted, then joins. In a task of its own it does not wait: the threads go
  // when nothing is left.
  ~thread_pool() override;

  void post(unique_function<void()> task) override;
  void post_bulk(std::span<unique_function<void()>> tasks) override;
  void post_job(detail::job& work) override;
  [[nodiscard]] bool take_back(detail::job& work) noexcept override;
  [[nodiscard]] bool gives_back() const noexcept override { return true; }
  void wait_idle() override;
  [[nodiscard]] std::size_t concurrency() const noexcept override;

  // Runs f(args...) on some thread. What it throws goes into the future.
  template <class F, class... Args>
  [[nodiscard]] auto submit(F f, Args... args) {
    return par::submit(*this, std::move(f), std::move(args)...);
  }

  // From now on post throws, except from tasks that still run. Cancelled tasks are destroyed unrun,
  // and their futures say so. Returns at once; may be called from a task, and more than once.
  void shutdown(pending what = pending::finish);

  // Waits until the threads have ended. REQUIRES shutdown, else it waits for that too. Throws
  // std::logic_error in a task of its own.
  void join();

 private:
  class state;
  std::shared_ptr<state> state_;
};

}  // namespace par::inline PAR_ABI
