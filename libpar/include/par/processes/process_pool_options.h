// How a pool of processes is made.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "par/processes/remote_call.h"
#include "par/processes/start_method.h"

namespace par::inline PAR_ABI {

// What each worker calls before its first task: see initializer().
class process_pool_initializer {
 public:
  process_pool_initializer() noexcept = default;

 private:
  template <auto Function, class... Args>
  friend process_pool_initializer initializer(Args&&... args);
  friend class process_pool;
  explicit process_pool_initializer(detail::remote_call call) noexcept : call_(std::move(call)) {}

  detail::remote_call call_;
};

// function(args...); what it returns is dropped. A worker where it throws ends, and another one is
// started. While no worker is ready, the third failure in a row for each of them breaks the pool.
template <auto Function, class... Args>
[[nodiscard]] process_pool_initializer initializer(Args&&... args) {
  return process_pool_initializer(
      {.runner = &detail::run_call<Function>,
       .arguments = detail::encode_arguments<Function>(std::forward<Args>(args)...)});
}

struct process_pool_options {
  std::size_t workers = 1;                        // Processes that run tasks at once; at least 1.
  std::string name = "worker";                    // They are "name-0", "name-1", ...
  start_method start = start_method::forkserver;  // See start_method.h for what each needs.
  process_pool_initializer initializer = {};
  // After so many tasks a worker is replaced by a fresh one; 0: never.
  std::size_t max_tasks_per_child = 0;
  // How many times a task whose worker died is run again, from the start.
  unsigned retries = 0;
};

}  // namespace par::inline PAR_ABI
