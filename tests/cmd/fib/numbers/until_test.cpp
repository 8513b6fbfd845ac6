#include "fib/numbers/until.h"

#include <gtest/gtest.h>

#include <atomic>

#include "par/pools/serial_executor.h"

namespace fib {
namespace {

struct until_case {
  sequence of;
  index first;
  const char* limit;
  std::uint64_t want;
};

const until_case cases[] = {
    {{}, 1, "0", 0},
    {{}, 0, "0", 1},
    {{}, 1, "1", 2},
    {{}, 1, "100", 11},
    {{}, 1, "144", 12},
    {{}, 1, "143", 11},
    {{}, 12, "143", 0},
    {{}, -5, "5", 11},  // 5 -3 2 -1 1 0 1 1 2 3 5
    {{}, -6, "5", 0},
    {{}, farthest_index, "100", 0},
    {{}, -farthest_index, "100", 0},
    {{}, 1, "354224848179261915075", 100},
    {{}, 1, "354224848179261915074", 99},
    {{.zeroth = 2, .first = 1}, 0, "1000", 15},
    {{.zeroth = 100, .first = -60}, 1, "60", 9},  // -60 40 -20 20 0 20 20 40 60
    {{.zeroth = 100, .first = -60}, 0, "60", 0},
};

TEST(numbers_until, end_before_the_first_that_is_farther_from_zero) {
  for (const until_case& c : cases) {
    const index_range found = numbers_until(c.of, c.first, mpz_class(c.limit));
    EXPECT_EQ(found.first, c.first);
    EXPECT_EQ(found.count, c.want) << c.first << " until " << c.limit;
  }
}

TEST(numbers_until, stops_on_the_way_when_told) {
  par::serial_executor here;
  const std::atomic<bool> stop = true;
  std::atomic<std::uint64_t> steps = 0;
  EXPECT_THROW((void)numbers_until({}, 1, 100, computation(here, stop, steps)), stopped);
}

}  // namespace
}  // namespace fib
