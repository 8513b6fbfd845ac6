// A posted function as a job, and how its memory is used again.
#pragma once

#include <cstddef>

#include "job_list.h"
#include "par/base/unique_function.h"

namespace par::inline PAR_ABI::detail {

// Made by free_closures::make; gives itself back to the cache of the thread that runs it.
class closure final : public job {
 public:
  ~closure() override = default;
  void run() override;
  void drop(std::exception_ptr why) noexcept override;

 private:
  friend class free_closures;
  closure() noexcept = default;
  unique_function<void()> function_;
};

// Empty closures, to be filled again. Not thread-safe.
class free_closures {
 public:
  free_closures() noexcept = default;
  ~free_closures();
  free_closures(const free_closures&) = delete;
  free_closures& operator=(const free_closures&) = delete;

  // That of the calling thread.
  [[nodiscard]] static free_closures& of_this_thread() noexcept;

  // Allocates only if there is no free one.
  [[nodiscard]] closure& make(unique_function<void()>&& function);
  void give_back(closure& used) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return free_.size(); }

  // Takes over all that the other has, unless it then had more than the bound.
  void take_from(free_closures& other) noexcept;

 private:
  // What a burst of posts leaves behind is kept up to this: 2 MiB.
  static constexpr std::size_t most_kept = 20'000;

  job_list free_;
};

}  // namespace par::inline PAR_ABI::detail
