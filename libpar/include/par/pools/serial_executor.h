// An executor without threads: tasks run on the thread that posts them.
#pragma once

#include <exception>
#include <vector>

#include "par/pools/executor.h"

namespace par::inline PAR_ABI {

// What parallel code is compared with, and what a build without threads runs on. Post from outside
// runs the task and all that it posts before it returns; a post from inside a task only queues, so
// that recursion does not grow the stack. Not thread-safe: one thread at a time.
class serial_executor final : public executor {
 public:
  void post(unique_function<void()> task) override;
  void wait_idle() override;
  [[nodiscard]] std::size_t concurrency() const noexcept override { return 1; }

 private:
  std::vector<unique_function<void()>> tasks_;  // The newest is at the back.
  bool running_ = false;
  std::exception_ptr first_error_;
};

}  // namespace par::inline PAR_ABI
