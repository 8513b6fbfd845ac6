// What generators allocate once one of their kind has run: nothing.
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "libpar/pools/allocations.h"
#include "libpar/sanitized.h"
#include "par/iterators/generator.h"

namespace {

using par::elements_of;
using par::generator;

generator<std::size_t> count_to(std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) co_yield i;
}

generator<std::size_t, std::size_t, std::size_t> countdown(std::size_t n) {
  std::size_t sent = 0;
  for (; n > 0; --n) sent += (co_yield n).value_or(0);
  co_return sent;
}

generator<std::size_t> nested(std::size_t depth) {
  if (depth > 0) co_yield elements_of(nested(depth - 1));
  co_yield depth;
}

generator<std::size_t> of_range(const std::vector<std::size_t>& numbers) {
  co_yield elements_of(numbers);
}

std::size_t sum_of(generator<std::size_t> items) {
  std::size_t sum = 0;
  for (const std::size_t i : items) sum += i;
  return sum;
}

const std::vector<std::size_t> numbers = {1, 2, 3};

struct use_case {
  const char* name;
  std::size_t (*use)();
};

const use_case use_cases[] = {
    {"of a million items", [] { return sum_of(count_to(1'000'000)); }},
    {"one after another",
     [] {
       std::size_t sum = 0;
       for (std::size_t i = 0; i < 1'000; ++i) sum += sum_of(count_to(3));
       return sum;
     }},
    {"never begun", [] { return generator<std::size_t>(count_to(3)).done() ? 0UL : 1UL; }},
    {"dropped half-way", [] { return count_to(3).next() + 1; }},
    {"that is sent to",
     [] {
       auto items = countdown(100);
       items.next();
       for (std::size_t i = 1; i < 100; ++i) items.send(i);
       return std::size_t{1};
     }},
    {"nested, 100 deep", [] { return sum_of(nested(100)); }},
    {"of a range", [] { return sum_of(of_range(numbers)); }},
};

TEST(generator_allocation, none_after_the_first) {
  if (under_address_sanitizer) GTEST_SKIP() << "frames are the heap's, to find use after free";
  for (const use_case& c : use_cases) {
    SCOPED_TRACE(c.name);
    EXPECT_GT(c.use(), 0U);
    const std::size_t before = allocations();
    EXPECT_GT(c.use(), 0U);
    EXPECT_EQ(allocations() - before, 0U);
  }
}

}  // namespace
