// A function on several threads at once, the caller among them.
#include <exception>
#include <memory>
#include <utility>

#include "par/base/thread_safety.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"
#include "par/pools/parallel_for.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Outlives the call: helpers that start after it find the team closed.
class team {
 public:
  explicit team(function_ref<void()> body) : body_(body) {}

  void help() {
    if (!join()) return;
    std::exception_ptr error;
    try {
      body_();
    } catch (...) {
      error = std::current_exception();
    }
    leave(std::move(error));
  }

  // Lets nobody else in, and waits for those inside.
  void close() {
    unique_lock lock(guard_);
    closed_ = true;
    left_.wait(lock, [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return inside_ == 0; });
  }

  // REQUIRES closed.
  void rethrow() PAR_NO_THREAD_SAFETY_ANALYSIS {  // Nobody else is left.
    if (first_error_ != nullptr) std::rethrow_exception(std::exchange(first_error_, nullptr));
  }

 private:
  bool join() {
    const lock_guard lock(guard_);
    if (closed_) return false;
    ++inside_;
    return true;
  }

  void leave(std::exception_ptr error) {
    const lock_guard lock(guard_);
    if (error != nullptr && first_error_ == nullptr) first_error_ = std::move(error);
    if (--inside_ == 0) left_.notify_all();
  }

  const function_ref<void()> body_;
  mutex guard_;
  condition_variable left_;
  std::size_t inside_ PAR_GUARDED_BY(guard_) = 0;
  bool closed_ PAR_GUARDED_BY(guard_) = false;
  std::exception_ptr first_error_ PAR_GUARDED_BY(guard_);
};

}  // namespace

void run_team(executor& on, std::size_t helpers, function_ref<void()> body) {
  const auto shared = std::make_shared<team>(body);
  std::exception_ptr error;
  try {
    for (std::size_t i = 0; i < helpers; ++i) {
      on.post([shared] { shared->help(); });
    }
    body();
  } catch (...) {
    error = std::current_exception();
  }
  shared->close();
  if (error != nullptr) std::rethrow_exception(error);
  shared->rethrow();
}

}  // namespace par::inline PAR_ABI::detail
