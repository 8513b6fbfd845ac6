// In which order a queue gives back what it holds: oldest, newest or smallest first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Each has push, pop, size; not thread-safe. A push that throws has not moved from its item.
template <class T>
class oldest_first {
 public:
  using value_type = T;

  void push(T&& item) { items_.push_back(std::move(item)); }
  T pop() {
    T item = std::move(items_.front());
    items_.pop_front();
    return item;
  }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

 private:
  std::deque<T> items_;
};

template <class T>
class newest_first {
 public:
  using value_type = T;

  void push(T&& item) { items_.push_back(std::move(item)); }
  T pop() {
    T item = std::move(items_.back());
    items_.pop_back();
    return item;
  }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

 private:
  std::vector<T> items_;
};

// A binary heap. Items that are equal keep their order, so each bears its number.
template <class T, class Compare>
class smallest_first {
 public:
  using value_type = T;

  explicit smallest_first(Compare before = {}) : later_{std::move(before)} {}

  void push(T&& item) {
    items_.push_back({std::move(item), pushed_++});
    std::push_heap(items_.begin(), items_.end(), later_);
  }
  T pop() {
    std::pop_heap(items_.begin(), items_.end(), later_);
    T item = std::move(items_.back().item);
    items_.pop_back();
    return item;
  }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }

 private:
  struct numbered {
    T item;
    std::uint64_t number;
  };
  // Heaps of the standard library keep the largest at the front: here, that which goes out first.
  struct goes_later {
    Compare before;
    bool operator()(const numbered& a, const numbered& b) const {
      if (before(b.item, a.item)) return true;
      if (before(a.item, b.item)) return false;
      return b.number < a.number;
    }
  };

  std::vector<numbered> items_;
  std::uint64_t pushed_ = 0;
  [[no_unique_address]] goes_later later_;
};

}  // namespace par::inline PAR_ABI::detail
