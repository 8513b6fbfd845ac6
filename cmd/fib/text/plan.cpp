#include "fib/text/plan.h"

#include <algorithm>

namespace fib {

namespace {

// How many numbers from the start of a non-empty range fit in so many bytes.
std::uint64_t count_within(const request& what, std::uint64_t bytes, const index_range& numbers) {
  std::uint64_t fits = 0;
  std::uint64_t too_many = numbers.count + 1;
  while (fits + 1 < too_many) {
    const std::uint64_t middle = fits + (too_many - fits) / 2;
    const bool does_fit = what.text_bound(first_of(numbers, middle)) <= bytes;
    (does_fit ? fits : too_many) = middle;
  }
  return fits;
}

// Whether the least block at the start of the range is small enough to start by itself.
bool starts_alone(const request& what, const index_range& numbers, const block_limits& limits) {
  if (numbers.count == 1) return what.text_bound(numbers) <= limits.single_bytes;
  return what.text_bound({.first = numbers.first, .count = limits.numbers}) <= limits.most_bytes;
}

}  // namespace

block_plan plan_blocks(const request& what, index_range numbers, const block_limits& limits) {
  block_plan plan;
  while (numbers.count != 0 && starts_alone(what, numbers, limits)) {
    const std::uint64_t count = std::max(limits.numbers, count_within(what, limits.bytes, numbers));
    plan.independent.push_back(first_of(numbers, count));
    plan.largest = std::max(plan.largest, what.text_bound(plan.independent.back()));
    numbers = without_first(numbers, plan.independent.back().count);
  }
  plan.chained = numbers;
  return plan;
}

index_range next_chained(const request& what, const index_range& rest, const block_limits& limits) {
  return first_of(rest, std::max<std::uint64_t>(2, count_within(what, limits.bytes, rest)));
}

}  // namespace fib
