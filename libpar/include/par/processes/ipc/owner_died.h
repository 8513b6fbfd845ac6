// A process died while it held a lock.
#pragma once

#include <sys/types.h>

#include <stdexcept>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::ipc {

// What the lock guards may be half changed. The lock is not held; every attempt to take it throws
// this, until somebody calls recover().
class owner_died : public std::runtime_error {
 public:
  explicit owner_died(pid_t pid);

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }  // Of the process that died.

 private:
  pid_t pid_;
};

}  // namespace par::inline PAR_ABI::ipc
