// Fibonacci numbers from an iterator class, and from a generator.
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <ranges>
#include <string>
#include <utility>

#include "par/iterators/generator.h"
#include "par/iterators/next.h"

namespace {

// By hand: the state of the loop becomes members, one step of it operator++. 1 1 2 3 ...
class fibonacci_numbers {
 public:
  class iterator {
   public:
    using value_type = std::uint64_t;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    explicit iterator(int count) : left_(count) {}

    std::uint64_t operator*() const { return current_; }
    iterator& operator++() {
      current_ = std::exchange(next_, current_ + next_);
      --left_;
      return *this;
    }
    iterator operator++(int) {
      const iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const iterator& other) const { return left_ == other.left_; }
    bool operator==(std::default_sentinel_t) const { return left_ == 0; }

   private:
    std::uint64_t current_ = 1, next_ = 1;
    int left_ = 0;
  };

  explicit fibonacci_numbers(int count) : count_(count) {}
  [[nodiscard]] iterator begin() const { return iterator(count_); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  int count_;
};
static_assert(std::forward_iterator<fibonacci_numbers::iterator>);

// The same as a function that reads as one: 0 1 1 2 3 ..., and a word at the end.
par::generator<std::uint64_t, void, std::string> fibonacci(int count) {
  std::uint64_t current = 0, next = 1;
  for (int i = 0; i < count; ++i) {
    co_yield current;
    current = std::exchange(next, current + next);
  }
  co_return "done";
}

}  // namespace

int main() {
  std::cout << "class:";
  for (const std::uint64_t n : fibonacci_numbers(10)) std::cout << ' ' << n;
  std::cout << "\ngenerator:";
  for (const std::uint64_t n : fibonacci(10)) std::cout << ' ' << n;

  std::cout << "\nnext:";
  auto numbers = fibonacci(3);
  try {
    for (;;) {
      const std::uint64_t n = par::next(numbers);
      std::cout << ' ' << n;
    }
  } catch (const par::stop_iteration& end) {
    std::cout << ' ' << *end.value<std::string>() << '\n';
  }
}
