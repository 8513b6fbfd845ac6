#include "closure.h"

#include <utility>

namespace par::inline PAR_ABI::detail {

void closure::run() {
  // Its function goes, and its memory with it, also when it throws.
  struct cleaner {
    ~cleaner() { used.drop(nullptr); }
    closure& used;
  };
  const cleaner at_end{*this};
  function_();
}

void closure::drop(std::exception_ptr) noexcept {
  function_.reset();
  free_closures::of_this_thread().give_back(*this);
}

free_closures::~free_closures() {
  while (job* const each = free_.pop_front()) delete static_cast<closure*>(each);
}

free_closures& free_closures::of_this_thread() noexcept {
  static thread_local free_closures mine;
  return mine;
}

closure& free_closures::make(unique_function<void()>&& function) {
  auto* made = static_cast<closure*>(free_.pop_back());  // The last used is warm.
  if (made == nullptr) made = new closure;
  made->function_ = std::move(function);
  return *made;
}

void free_closures::give_back(closure& used) noexcept {
  if (free_.size() < most_kept)
    free_.push_back(used);
  else
    delete &used;
}

void free_closures::take_from(free_closures& other) noexcept {
  if (free_.size() + other.free_.size() <= most_kept) free_.append(other.free_);
}

}  // namespace par::inline PAR_ABI::detail
