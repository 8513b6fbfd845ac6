// What an executor queues: work that is linked into its lists without an allocation.
#pragma once

#include <exception>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Either run or drop is called, once; the job may be gone when it returns. In between it belongs to
// the executor. Not thread-safe: whoever has taken it from the queue has it alone.
class job {
 public:
  job() noexcept = default;
  job(const job&) = delete;
  job& operator=(const job&) = delete;

  virtual void run() = 0;  // What it throws is kept for wait_idle.

  // Instead of run, when the executor goes without running it: null says that it was cancelled.
  virtual void drop(std::exception_ptr why) noexcept = 0;

 protected:
  virtual ~job() = default;

 private:
  friend class job_list;
  friend class forked_call;
  friend class pool_core;
  bool forked_ = false;  // A forked_call.
  job* next_ = nullptr;
  job* previous_ = nullptr;
  bool listed_ = false;
};

}  // namespace par::inline PAR_ABI::detail
