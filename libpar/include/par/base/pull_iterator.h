// The iterator of a range that hands out one item at a time.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// An input iterator; its end is std::default_sentinel. The range keeps the item in hand in
// std::optional<T> current_, empty at the end, replaces it in advance(), and befriends this class.
template <class Range, class T>
class pull_iterator {
 public:
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  pull_iterator() = default;
  explicit pull_iterator(Range& range) : range_(&range) {}

  T& operator*() const { return *range_->current_; }
  pull_iterator& operator++() {
    range_->advance();
    return *this;
  }
  void operator++(int) { ++*this; }

  bool operator==(std::default_sentinel_t) const { return !range_->current_.has_value(); }

 private:
  Range* range_ = nullptr;
};

}  // namespace par::inline PAR_ABI::detail
