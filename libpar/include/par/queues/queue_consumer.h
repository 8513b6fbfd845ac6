// The items of a queue as a range.
#pragma once

#include <iterator>
#include <optional>
#include <stop_token>
#include <utility>

#include "par/base/abi.h"
#include "par/base/pull_iterator.h"

namespace par::inline PAR_ABI {

// What consume() returns. One thread uses one consumer; the queue must outlive it.
template <class Queue>
class queue_consumer {
 public:
  using value_type = typename Queue::value_type;
  using iterator = detail::pull_iterator<queue_consumer, value_type>;

  // Takes the first item; call it once.
  [[nodiscard]] iterator begin() {
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend Queue;
  friend iterator;
  queue_consumer(Queue& from, std::stop_token stop) : from_(from), stop_(std::move(stop)) {}

  void advance() {
    current_.reset();
    if (auto item = from_.get(stop_)) current_.emplace(std::move(*item));
  }

  Queue& from_;
  std::stop_token stop_;
  std::optional<value_type> current_;
};

}  // namespace par::inline PAR_ABI
