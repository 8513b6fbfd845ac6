#include "fib/plan.h"

#include <algorithm>

#include "fib/digits.h"

namespace fib {

namespace {

// How many numbers from the start of a non-empty range fit in so many bytes.
std::uint64_t count_within(std::uint64_t bytes, index_range numbers) {
  std::uint64_t fits = 0;
  std::uint64_t too_many = numbers.count + 1;
  while (fits + 1 < too_many) {
    const std::uint64_t middle = fits + (too_many - fits) / 2;
    const bool does_fit = text_bound({numbers.first, middle}) <= bytes;
    (does_fit ? fits : too_many) = middle;
  }
  return fits;
}

index_range first_of(index_range numbers, std::uint64_t count) {
  return {.first = numbers.first, .count = std::min(count, numbers.count)};
}

index_range without_first(index_range numbers, std::uint64_t count) {
  return {.first = numbers.first + count, .count = numbers.count - count};
}

}  // namespace

block_plan plan_blocks(index_range numbers, const block_limits& limits) {
  block_plan plan;
  std::uint64_t largest = 1;
  while (numbers.count != 0 && text_bound({numbers.first, limits.numbers}) <= limits.most_bytes) {
    const std::uint64_t count = std::max(limits.numbers, count_within(limits.bytes, numbers));
    plan.independent.push_back(first_of(numbers, count));
    largest = std::max(largest, text_bound(plan.independent.back()));
    numbers = without_first(numbers, plan.independent.back().count);
  }
  plan.chained = numbers;
  plan.window = std::max<std::size_t>(1, limits.window_bytes / largest);
  return plan;
}

index_range next_chained(index_range rest, const block_limits& limits) {
  return first_of(rest, std::max<std::uint64_t>(2, count_within(limits.bytes, rest)));
}

}  // namespace fib
