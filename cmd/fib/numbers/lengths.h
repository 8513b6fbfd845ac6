// How long the numbers of a sequence are as text, without computing them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fib/digits/radix.h"
#include "fib/indices/index_range.h"
#include "fib/numbers/sequence.h"

namespace fib {

// Upper bounds, without signs. Of a Fibonacci number the bound is its length or one more; of others
// it may be farther off, by digits of G(0) and G(1). Constant once made. REQUIRES of what it is
// asked that no index is farther from zero than largest_index.
class length_bounds {
 public:
  length_bounds(const sequence& of, const radix& in);

  // Digits of G(at).
  [[nodiscard]] std::size_t digits(index at) const noexcept;

  // The sum of digits() over the range, or a little more: at most one more for each number, and one
  // in all. What is 2^60 or more is given as 2^60.
  [[nodiscard]] std::uint64_t digits(const index_range& numbers) const noexcept;

 private:
  // G(i) has at most |i| * per_index_ + constant_ digits, rounded down, and one.
  long double per_index_;
  long double constant_;
};

}  // namespace fib
