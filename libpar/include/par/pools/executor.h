// Where tasks run: the interface that thread pools, the calling thread and oneTBB share.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>

#include "par/base/abi.h"
#include "par/base/unique_function.h"
#include "par/pools/job.h"

namespace par::inline PAR_ABI {

namespace detail {
class team;
class team_board;
}  // namespace detail

// Thrown by post after shutdown.
class executor_closed : public std::runtime_error {
 public:
  executor_closed() : std::runtime_error("executor is shut down") {}
};

// Thread-safe. Destroying one runs what was posted first, then ends. submit, parallel_for and map
// are built on post alone, so they work with every kind.
class executor {
 public:
  executor();
  executor(const executor&) = delete;
  executor& operator=(const executor&) = delete;
  virtual ~executor();

  // Runs the task once, on some thread, perhaps before post returns. Tasks posted from outside
  // start in order; those that a task posts start newest first, which keeps a walk through a tree
  // from holding a whole level of it. If a task throws, the first such exception is kept for
  // wait_idle. Throws executor_closed when shut down; a running task may still post.
  virtual void post(unique_function<void()> task) = 0;

  // As post for each, in order, but the executor may take them all in one step. They are moved
  // from. If it throws, none was posted or, where it is done one by one, those before.
  virtual void post_bulk(std::span<unique_function<void()>> tasks);

  // As post, for work that has its own place. If it throws, the job has been dropped.
  virtual void post_job(detail::job& work);

  // Gives back a job that the calling thread has posted and that is still queued; it then is the
  // caller's again. False if it has begun, or is about to. Only where gives_back() says so.
  [[nodiscard]] virtual bool take_back(detail::job& work) noexcept;
  [[nodiscard]] virtual bool gives_back() const noexcept { return false; }

  // Waits until no task is queued or running, then rethrows the first exception that a posted task
  // has thrown since the last call. Throws std::logic_error when called from a task of its own.
  virtual void wait_idle() = 0;

  // How many tasks can run at once; at least 1.
  [[nodiscard]] virtual std::size_t concurrency() const noexcept = 0;

 private:
  friend class detail::team;
  const std::shared_ptr<detail::team_board> teams_;  // The loops that run here.
};

}  // namespace par::inline PAR_ABI
