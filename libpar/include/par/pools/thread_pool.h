// A fixed set of threads that run tasks, taking from one another when idle.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "par/pools/executor.h"
#include "par/pools/future.h"

namespace par::inline PAR_ABI {

// Thread-safe. A task may submit more work and wait for it: waiting runs the awaited task here if
// it is still queued. Destroyed by one of its own tasks, the process ends (a thread cannot join
// itself).
class thread_pool final : public executor {
 public:
  enum class pending { finish, cancel };

  // threads >= 1, else std::invalid_argument; each is named "name-0", "name-1", ... (15 bytes kept
  // by Linux). Throws std::system_error if the first thread cannot start; fewer than asked for is
  // not an error, concurrency() tells how many run.
  explicit thread_pool(std::size_t threads, const std::string& name = "par");
  ~thread_pool() override;  // Finishes what was posted, then joins.

  void post(unique_function<void()> task) override;
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

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace par::inline PAR_ABI
