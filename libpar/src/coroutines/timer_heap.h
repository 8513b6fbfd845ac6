// Who sleeps until when.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "par/base/deadline.h"
#include "par/coroutines/routine_list.h"

namespace par::inline PAR_ABI::detail {

// A heap with four children a node, which takes fewer steps through memory than one with two. Each
// sleeper knows its place, so that it can leave. Sleepers of the same time come out in the order in
// which they came. Used by one thread.
class timer_heap {
 public:
  using time_point = deadline::clock::time_point;

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  // REQUIRES of these: not empty.
  [[nodiscard]] time_point next_time() const noexcept { return entries_.front().due; }
  sleeper& pop() noexcept;

  void push(sleeper& who, time_point due);
  void remove(sleeper& who) noexcept;  // REQUIRES who.sleeps().

 private:
  struct entry {
    time_point due;
    std::uint64_t number;  // Of all pushes.
    sleeper* who;

    bool operator<(const entry& other) const noexcept {
      return due < other.due || (due == other.due && number < other.number);
    }
  };

  void place(std::size_t at, const entry& what) noexcept;
  void sift_up(std::size_t at, const entry& what) noexcept;
  void sift_down(std::size_t at, const entry& what) noexcept;

  std::vector<entry> entries_;
  std::uint64_t pushes_ = 0;
};

}  // namespace par::inline PAR_ABI::detail
