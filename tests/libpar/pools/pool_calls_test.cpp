#include "par/pools/pool_calls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "executors.h"

namespace {

class pool_calls_over : public over_executors {};
OVER_EXECUTORS(pool_calls_over);

const auto twice = [](int i) { return 2 * i; };

TEST_P(pool_calls_over, apply_gives_the_result) {
  EXPECT_EQ(par::apply(*on, [](int a, int b) { return a - b; }, 7, 3), 4);
  int runs = 0;
  par::apply(*on, [&] { ++runs; });
  EXPECT_EQ(runs, 1);
  EXPECT_THROW(par::apply(*on, [] { throw std::runtime_error("x"); }), std::runtime_error);
}

TEST_P(pool_calls_over, map_async_gives_all_results_in_order) {
  auto results = par::map_async(*on, twice, std::views::iota(0, 1'000), 10).get();
  ASSERT_EQ(results.size(), 1'000U);
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(results[static_cast<std::size_t>(i)], 2 * i);
  EXPECT_TRUE(par::map_async(*on, twice, std::vector<int>()).get().empty());
}

TEST_P(pool_calls_over, map_async_reads_the_range_before_it_returns) {
  auto results = [&] {
    std::istringstream words("one two");
    return par::map_async(
        *on, [](std::string w) { return std::make_unique<std::string>(w + "."); },
        std::views::istream<std::string>(words));
  }();
  const auto words = results.get();
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(*words[0] + *words[1], "one.two.");
}

TEST_P(pool_calls_over, map_async_passes_on_an_exception) {
  auto results = par::map_async(
      *on,
      [](int i) {
        if (i == 5) throw std::out_of_range("five");
        return i;
      },
      std::views::iota(0, 10));
  EXPECT_THROW(results.get(), std::out_of_range);
}

TEST_P(pool_calls_over, map_async_can_be_waited_for_in_a_task) {
  auto sum = par::submit(*on, [this] {
    const auto all = par::map_async(*on, twice, std::views::iota(0, 100)).get();
    return std::ranges::count_if(all, [](int i) { return i >= 100; });
  });
  EXPECT_EQ(sum.get(), 50);
}

TEST_P(pool_calls_over, starmap_spreads_tuples) {
  const std::vector<std::tuple<int, std::string>> items = {{1, "a"}, {2, "b"}};
  const auto repeat = [](int n, const std::string& s) { return s + std::to_string(n); };
  EXPECT_EQ(par::starmap(*on, repeat, items), (std::vector<std::string>{"a1", "b2"}));
  EXPECT_EQ(par::starmap_async(*on, repeat, items).get(), (std::vector<std::string>{"a1", "b2"}));
}

TEST_P(pool_calls_over, imap_streams_in_order_or_as_they_come) {
  int next = 0;
  for (const int x : par::imap(*on, twice, std::views::iota(0, 100), 8)) {
    ASSERT_EQ(x, 2 * next++);
  }
  EXPECT_EQ(next, 100);
  long sum = 0;
  for (const int x : par::imap_unordered(*on, twice, std::views::iota(0, 100))) sum += x;
  EXPECT_EQ(sum, 9'900);
}

}  // namespace
