// range | par::map(executor, f, options).
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <memory>
#include <ranges>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "collected.h"
#include "libpar/pools/executors.h"
#include "par/iterators/chunk.h"
#include "par/iterators/generator.h"
#include "par/iterators/map.h"
#include "par/iterators/take.h"

namespace {

class map_view_over : public over_executors {};
OVER_EXECUTORS(map_view_over);

using par::generator;
using ints = std::vector<int>;

const auto twice = [](int i) { return 2 * i; };
using view = decltype(std::views::iota(0, 1) | par::map(std::declval<par::executor&>(), twice));
static_assert(std::ranges::view<view> && std::ranges::input_range<view>);

generator<int> count_to(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
}

ints doubled(int n) {
  ints all;
  for (int i = 1; i <= n; ++i) all.push_back(2 * i);
  return all;
}

TEST_P(map_view_over, keeps_the_order) {
  for (const std::size_t window : {0U, 1U, 3U, 64U}) {
    EXPECT_EQ(collected(std::views::iota(1, 301) |
                        par::map(*on, twice, {.ordered = true, .window = window})),
              doubled(300));
  }
}

TEST_P(map_view_over, without_order_gives_each_once) {
  auto all = collected(count_to(300) | par::map(*on, twice, {.ordered = false, .window = 16}));
  std::ranges::sort(all);
  EXPECT_EQ(all, doubled(300));
}

TEST_P(map_view_over, pulls_from_generators_and_streams) {
  EXPECT_EQ(collected(count_to(100) | par::map(*on, twice)), doubled(100));
  std::istringstream words("one two");
  EXPECT_EQ(collected(std::views::istream<std::string>(words) |
                      par::map(*on, [](const std::string& w) { return w + "."; })),
            (std::vector<std::string>{"one.", "two."}));
}

generator<std::unique_ptr<int>> pointers(int n) {
  for (int i = 1; i <= n; ++i) co_yield std::make_unique<int>(i);
}

TEST_P(map_view_over, moves_items_and_results) {
  auto results = pointers(20) | par::map(*on, [](std::unique_ptr<int> p) {
                   *p *= 2;
                   return p;
                 });
  int count = 0;
  for (std::unique_ptr<int>& each : results) EXPECT_EQ(*each, 2 * ++count);
  EXPECT_EQ(count, 20);
}

TEST_P(map_view_over, is_part_of_a_longer_pipe) {
  EXPECT_EQ(collected(count_to(1'000) | std::views::filter([](int i) { return i % 3 == 0; }) |
                      par::map(*on, twice, {.window = 4}) |
                      std::views::transform([](int i) { return i + 1; }) | par::take(3)),
            (ints{7, 13, 19}));
  const ints numbers = {1, 2, 3, 4, 5};
  const auto sum = [](auto piece) {
    int total = 0;
    for (const int i : piece) total += i;
    return total;
  };
  EXPECT_EQ(collected(numbers | par::chunk(2) | par::map(*on, sum)), (ints{3, 7, 5}));
}

// Counts what was asked for, and notes how far that was ahead of what was taken.
generator<int> watched(int n, const int& taken, int& asked, int& furthest) {
  for (int i = 1; i <= n; ++i) {
    furthest = std::max(furthest, ++asked - taken);
    co_yield i;
  }
}

TEST_P(map_view_over, runs_ahead_by_at_most_the_window) {
  for (const int window : {1, 2, 7}) {
    for (const bool ordered : {true, false}) {
      int taken = 0, asked = 0, furthest = 0;
      for (const int i :
           watched(100, taken, asked, furthest) |
               par::map(*on, twice,
                        {.ordered = ordered, .window = static_cast<std::size_t>(window)})) {
        EXPECT_GT(i, 0);
        ++taken;
      }
      EXPECT_EQ(asked, 100);
      EXPECT_EQ(furthest, window);
    }
  }
}

TEST_P(map_view_over, asks_for_nothing_before_it_begins) {
  int taken = 0, asked = 0, furthest = 0;
  auto results = watched(10, taken, asked, furthest) | par::map(*on, twice);
  auto moved = std::move(results);
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(collected(moved), doubled(10));
}

TEST_P(map_view_over, passes_on_exceptions_in_their_turn) {
  ints seen;
  auto results = count_to(10) | par::map(*on, [](int i) {
                   if (i == 4) throw std::runtime_error("four");
                   return i;
                 });
  EXPECT_THROW(
      {
        for (const int i : results) seen.push_back(i);
      },
      std::runtime_error);
  EXPECT_EQ(seen, (ints{1, 2, 3}));
}

TEST(map_view, dropped_it_stops) {
  par::thread_pool pool(1);
  int taken = 0, asked = 0, furthest = 0;
  std::latch dropped(1);
  std::atomic<int> calls = 0;
  {
    auto results = watched(100, taken, asked, furthest) | par::map(pool,
                                                                   [&](int i) {
                                                                     if (i == 2) dropped.wait();
                                                                     ++calls;
                                                                     return i;
                                                                   },
                                                                   {.window = 8});
    EXPECT_EQ(*results.begin(), 1);
    dropped.count_down();
  }
  const int called = calls;
  EXPECT_LE(asked, 9);
  EXPECT_LE(called, 9);
  pool.wait_idle();
  EXPECT_EQ(calls, called);  // Nothing of it runs on.
}

}  // namespace
