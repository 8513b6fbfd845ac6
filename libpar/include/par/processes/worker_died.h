// What becomes of tasks whose worker process did not live to finish them.
#pragma once

#include <sys/types.h>

#include <stdexcept>
#include <string>

#include "par/processes/exit_status.h"

namespace par::inline PAR_ABI {

// The worker ended while it ran this task: it was killed, crashed, or called exit().
class worker_died : public std::runtime_error {
 public:
  worker_died(pid_t worker, exit_status status);
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  [[nodiscard]] const exit_status& status() const noexcept { return status_; }

 private:
  pid_t pid_;
  exit_status status_;
};

// No worker comes up any more: their starts, or what they are initialized with, failed again and
// again. what() says how the last one did.
class broken_process_pool : public std::runtime_error {
 public:
  explicit broken_process_pool(const std::string& reason)
      : std::runtime_error("process pool is broken: " + reason) {}
};

}  // namespace par::inline PAR_ABI
