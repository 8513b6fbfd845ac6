// Futures in the order in which they are done: what wait and as_completed stand on.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/pools/future_state.h"

namespace par::inline PAR_ABI::detail {

// Used by one thread. The states are watched from construction to destruction and must live as
// long. Those done at construction come first, in order.
class completions {
 public:
  explicit completions(std::span<future_state* const> states);
  ~completions();
  completions(const completions&) = delete;
  completions& operator=(const completions&) = delete;

  // The place of the next one that is done; nullopt if the time is up or a stop is requested, or
  // none is left. Inside a task and without a deadline, runs one here that has not begun.
  std::optional<std::size_t> next(deadline until, const std::stop_token& stop = {});

  [[nodiscard]] std::size_t total() const noexcept;
  [[nodiscard]] std::size_t left() const noexcept;  // Not yet given by next.

 private:
  struct board;
  std::unique_ptr<board> board_;
  std::size_t left_ = 0;
};

}  // namespace par::inline PAR_ABI::detail
