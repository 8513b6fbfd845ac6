#include "par/pools/map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "executors.h"

namespace {

class map_over : public over_executors {};
OVER_EXECUTORS(map_over);

TEST_P(map_over, gives_results_in_order) {
  std::vector<int> seen;
  for (const int square : par::map(*on, std::views::iota(0, 500), [](int i) { return i * i; })) {
    seen.push_back(square);
  }
  ASSERT_EQ(seen.size(), 500U);
  for (int i = 0; i < 500; ++i) ASSERT_EQ(seen[static_cast<std::size_t>(i)], i * i);
}

TEST_P(map_over, of_nothing_is_nothing) {
  const std::vector<int> none;
  for (const int x : par::map(*on, none, [](int i) { return i; })) ADD_FAILURE() << x;
}

TEST_P(map_over, pulls_from_an_input_range_that_can_be_read_once) {
  std::istringstream words("one two three");
  std::string joined;
  for (const std::string& word : par::map(*on, std::views::istream<std::string>(words),
                                          [](std::string w) { return w + "."; })) {
    joined += word;
  }
  EXPECT_EQ(joined, "one.two.three.");
}

TEST_P(map_over, runs_ahead_by_at_most_the_window) {
  constexpr int window = 3;
  int pulled = 0, taken = 0, furthest = 0;
  auto source = std::views::iota(0, 100) | std::views::transform([&](int i) {
                  ++pulled;
                  furthest = std::max(furthest, pulled - taken);
                  return i;
                });
  for (const int x : par::map(*on, source, [](int i) { return i; }, {.window = window})) {
    EXPECT_EQ(x, taken);
    ++taken;
  }
  EXPECT_EQ(pulled, 100);
  EXPECT_LE(furthest, window);
  EXPECT_GE(furthest, 2);
}

TEST_P(map_over, an_exception_comes_in_its_turn_and_ends_the_range) {
  std::vector<int> seen;
  auto results = par::map(*on, std::views::iota(0, 100), [](int i) {
    if (i == 5) throw std::runtime_error("five");
    return i;
  });
  EXPECT_THROW(
      {
        for (const int x : results) seen.push_back(x);
      },
      std::runtime_error);
  EXPECT_EQ(seen, (std::vector{0, 1, 2, 3, 4}));
}

TEST_P(map_over, an_exception_of_the_source_comes_after_the_results_before_it) {
  std::vector<int> seen;
  auto source = std::views::iota(0, 100) | std::views::transform([](int i) {
                  if (i == 7) throw std::runtime_error("seven");
                  return i;
                });
  auto results = par::map(*on, source, [](int i) { return i; }, {.window = 5});
  EXPECT_THROW(
      {
        for (const int x : results) seen.push_back(x);
      },
      std::runtime_error);
  EXPECT_EQ(seen, (std::vector{0, 1, 2, 3, 4, 5, 6}));
}

TEST_P(map_over, dropped_early_it_leaves_nothing_running) {
  std::atomic<int> running = 0;
  {
    auto results = par::map(*on, std::views::iota(0, 1'000), [&](int i) {
      ++running;
      --running;
      return i;
    });
    for (const int x : results) {
      if (x == 10) break;
    }
  }
  EXPECT_EQ(running, 0);
}

TEST_P(map_over, results_can_be_moved_out) {
  std::vector<std::unique_ptr<int>> kept;
  for (auto& p :
       par::map(*on, std::views::iota(0, 10), [](int i) { return std::make_unique<int>(i); })) {
    kept.push_back(std::move(p));
  }
  EXPECT_EQ(*kept.at(9), 9);
}

TEST_P(map_over, can_be_used_inside_a_task) {
  const int sum =
      par::submit(*on, [this] {
        int total = 0;
        for (const int x : par::map(*on, std::views::iota(0, 50), [](int i) { return i; })) {
          total += x;
        }
        return total;
      }).get();
  EXPECT_EQ(sum, 1'225);
}

}  // namespace
