#include "par/pools/serial_executor.h"

#include <stdexcept>
#include <utility>

#include "par/pools/future_state.h"

namespace par::inline PAR_ABI {

void serial_executor::post(unique_function<void()> task) {
  tasks_.push_back(std::move(task));
  if (running_) return;
  running_ = true;
  const detail::task_scope scope;
  while (!tasks_.empty()) {
    unique_function<void()> next = std::move(tasks_.back());
    tasks_.pop_back();
    try {
      next();
    } catch (...) {
      if (first_error_ == nullptr) first_error_ = std::current_exception();
    }
  }
  running_ = false;
}

void serial_executor::wait_idle() {
  if (running_) throw std::logic_error("wait_idle called from a task of the same executor");
  if (first_error_ != nullptr) std::rethrow_exception(std::exchange(first_error_, nullptr));
}

}  // namespace par::inline PAR_ABI
