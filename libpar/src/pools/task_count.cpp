#include "task_count.h"

#include <stdexcept>
#include <utility>

#include "par/pools/future_state.h"

namespace par::inline PAR_ABI::detail {
namespace {

// The counts whose tasks the calling thread runs, innermost first: a task that waits may run one
// of another executor.
struct running {
  const task_count* count;
  const running* outer;
};
thread_local const running* innermost = nullptr;

class running_scope {
 public:
  explicit running_scope(const task_count& count) : self_{&count, innermost} { innermost = &self_; }
  ~running_scope() { innermost = self_.outer; }
  running_scope(const running_scope&) = delete;
  running_scope& operator=(const running_scope&) = delete;

 private:
  const task_scope scope_;
  const running self_;
};

}  // namespace

void task_count::add() {
  const lock_guard lock(guard_);
  ++open_;
}

void task_count::run(unique_function<void()> task) {
  std::exception_ptr error;
  {
    const running_scope scope(*this);
    try {
      task();
    } catch (...) {
      error = std::current_exception();
    }
    task.reset();
  }
  done(1, std::move(error));
}

void task_count::drop(std::size_t count) {
  done(count, nullptr);
}

void task_count::done(std::size_t count, std::exception_ptr error) {
  // Notified under the lock: afterwards the waiter may destroy the executor.
  const lock_guard lock(guard_);
  open_ -= count;
  if (error != nullptr && first_error_ == nullptr) first_error_ = std::move(error);
  if (open_ == 0) idle_.notify_all();
}

void task_count::wait_idle() {
  if (runs_here()) throw std::logic_error("wait_idle called from a task of the same executor");
  unique_lock lock(guard_);
  idle_.wait(lock, [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return open_ == 0; });
  if (first_error_ != nullptr) std::rethrow_exception(std::exchange(first_error_, nullptr));
}

bool task_count::runs_here() const noexcept {
  for (const running* each = innermost; each != nullptr; each = each->outer) {
    if (each->count == this) return true;
  }
  return false;
}

}  // namespace par::inline PAR_ABI::detail
