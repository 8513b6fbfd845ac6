// Jobs in a row, linked through themselves.
#pragma once

#include <cstddef>

#include "par/pools/job.h"

namespace par::inline PAR_ABI::detail {

// Not thread-safe: whoever has the list has the links of the jobs in it. Owns nothing.
class job_list {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  void push_back(job& added) noexcept {
    added.next_ = nullptr;
    added.previous_ = last_;
    added.listed_ = true;
    (last_ != nullptr ? last_->next_ : first_) = &added;
    last_ = &added;
    ++size_;
  }

  // Null if empty, both.
  job* pop_front() noexcept {
    job* const taken = first_;
    if (taken != nullptr) remove(*taken);
    return taken;
  }

  job* pop_back() noexcept {
    job* const taken = last_;
    if (taken != nullptr) remove(*taken);
    return taken;
  }

  // REQUIRES: in this list.
  void remove(job& taken) noexcept {
    (taken.previous_ != nullptr ? taken.previous_->next_ : first_) = taken.next_;
    (taken.next_ != nullptr ? taken.next_->previous_ : last_) = taken.previous_;
    taken.listed_ = false;
    --size_;
  }

  // All of the other's, behind these.
  void append(job_list& other) noexcept {
    if (other.empty()) return;
    other.first_->previous_ = last_;
    (last_ != nullptr ? last_->next_ : first_) = other.first_;
    last_ = other.last_;
    size_ += other.size_;
    other.first_ = other.last_ = nullptr;
    other.size_ = 0;
  }

  // True while some list holds it.
  [[nodiscard]] static bool listed(const job& which) noexcept { return which.listed_; }

 private:
  job* first_ = nullptr;
  job* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace par::inline PAR_ABI::detail
