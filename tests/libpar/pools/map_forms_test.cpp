// The forms of map beyond one range in order: several ranges, chunks, a timeout, no order.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <list>
#include <memory>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "executors.h"
#include "par/pools/map.h"

namespace {

using namespace std::chrono_literals;

class map_forms_over : public over_executors {};
OVER_EXECUTORS(map_forms_over);

template <class Results>
auto all_of(Results&& results) {
  std::vector<typename std::remove_cvref_t<Results>::result> all;
  for (auto& each : results) all.push_back(std::move(each));
  return all;
}

std::vector<int> doubled(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all[static_cast<std::size_t>(i)] = 2 * i;
  return all;
}

const auto twice = [](int i) { return 2 * i; };

TEST_P(map_forms_over, chunks_change_nothing_but_the_cost) {
  for (const std::size_t chunk : {0U, 1U, 2U, 7U, 1'000U}) {
    for (const std::size_t window : {0U, 1U, 5U, 64U}) {
      for (const int count : {0, 1, 7, 300}) {
        ASSERT_EQ(all_of(par::map(*on, std::views::iota(0, count), twice,
                                  {.window = window, .chunk = chunk})),
                  doubled(count))
            << chunk << ' ' << window;
      }
    }
  }
}

TEST_P(map_forms_over, a_chunk_may_be_larger_than_anything) {
  const std::vector<int> numbers = {1, 2, 3};
  for (const std::size_t chunk : {std::size_t{1} << 63, ~std::size_t{0}}) {
    int sum = 0;
    for (const int each : par::map(*on, numbers, [](int x) { return x; }, {.chunk = chunk})) {
      sum += each;
    }
    EXPECT_EQ(sum, 6);
  }
}

TEST_P(map_forms_over, an_exception_in_a_chunk_comes_after_the_results_before_it) {
  std::vector<int> seen;
  const auto fail = [](int i) {
    if (i == 13) throw std::runtime_error("13");
    return i;
  };
  auto results = par::map(*on, std::views::iota(0, 100), fail, {.chunk = 5});
  EXPECT_THROW(
      {
        for (const int x : results) seen.push_back(x);
      },
      std::runtime_error);
  EXPECT_EQ(seen.size(), 13U);
}

TEST_P(map_forms_over, an_exception_of_the_source_in_a_chunk_loses_no_item_before_it) {
  std::vector<int> seen;
  auto source = std::views::iota(0, 100) | std::views::transform([](int i) {
                  if (i == 13) throw std::runtime_error("13");
                  return i;
                });
  auto results = par::map(*on, source, twice, {.chunk = 5});
  EXPECT_THROW(
      {
        for (const int x : results) seen.push_back(x);
      },
      std::runtime_error);
  EXPECT_EQ(seen, doubled(13));
}

TEST_P(map_forms_over, several_ranges_end_with_the_shortest) {
  const std::vector<int> tens = {10, 20, 30};
  const std::list<int> units = {1, 2, 3, 4};
  EXPECT_EQ(all_of(par::map(*on, std::plus<>(), tens, units)), (std::vector{11, 22, 33}));
  std::istringstream words("a b c d");
  EXPECT_EQ(all_of(par::map(
                *on, {.chunk = 2},
                [](const std::string& w, int x, int y) { return w + std::to_string(x + y); },
                std::views::istream<std::string>(words), tens, units)),
            (std::vector<std::string>{"a11", "b22", "c33"}));
  EXPECT_TRUE(all_of(par::map(*on, std::plus<>(), tens, std::vector<int>())).empty());
}

TEST_P(map_forms_over, unordered_gives_each_result_once) {
  for (const std::size_t chunk : {1U, 7U}) {
    auto all = all_of(par::map_unordered(*on, std::views::iota(0, 500), twice, {.chunk = chunk}));
    std::ranges::sort(all);
    EXPECT_EQ(all, doubled(500));
  }
}

TEST_P(map_forms_over, unordered_passes_on_an_exception) {
  const auto fail = [](int i) {
    if (i == 13) throw std::runtime_error("13");
    return i;
  };
  EXPECT_THROW(all_of(par::map_unordered(*on, std::views::iota(0, 100), fail)), std::runtime_error);
}

TEST_P(map_forms_over, unordered_can_be_used_inside_a_task) {
  auto counted = par::submit(*on, [this] {
    return all_of(par::map_unordered(*on, std::views::iota(0, 50), twice)).size();
  });
  EXPECT_EQ(counted.get(), 50U);
}

TEST_P(map_forms_over, a_timeout_that_is_kept_changes_nothing) {
  EXPECT_EQ(all_of(par::map(*on, std::views::iota(0, 100), twice, {.timeout = 1h})), doubled(100));
  EXPECT_EQ(all_of(par::map_unordered(*on, std::views::iota(0, 3), twice, {.timeout = 1h})).size(),
            3U);
}

TEST_P(map_forms_over, results_and_items_may_be_bool) {
  const std::vector<bool> bits = {true, false, true};
  EXPECT_EQ(all_of(par::map(*on, bits, [](bool b) { return !b; })),
            (std::vector<bool>{false, true, false}));
}

// The first call waits until the range has given up; the second never begins.
template <class Map>
void expect_timeout(Map map) {
  par::thread_pool pool(1);
  std::latch given_up(1);
  std::atomic<int> calls = 0;
  const auto wait = [&](int i) {
    ++calls;
    given_up.wait();
    return i;
  };
  {
    auto results = map(pool, std::views::iota(0, 10), wait, {.window = 4, .timeout = 20ms});
    EXPECT_THROW(static_cast<void>(results.begin()), par::map_timeout);
    given_up.count_down();
  }
  EXPECT_LE(calls, 1);
}

TEST(map_timeout, cancels_what_has_not_begun) {
  expect_timeout([](auto& on, auto source, auto f, par::map_options options) {
    return par::map(on, source, f, options);
  });
  expect_timeout([](auto& on, auto source, auto f, par::map_options options) {
    return par::map_unordered(on, source, f, options);
  });
}

// The first result, which is there in time, does not start the clock again. False: it was not there
// in time, since the machine was busy.
bool times_out_at_the_second(std::chrono::milliseconds timeout) {
  par::thread_pool pool(1);
  std::latch given_up(1);
  const auto wait_at_one = [&](int i) {
    if (i == 1) given_up.wait();
    return i;
  };
  auto results = par::map(pool, std::views::iota(0, 2), wait_at_one, {.timeout = timeout});
  bool first = false;
  try {
    auto each = results.begin();
    first = *each == 0;
    ++each;
    ADD_FAILURE() << "no exception";
  } catch (const par::map_timeout&) {
  }
  given_up.count_down();
  return first;
}

TEST(map_timeout, counts_from_the_beginning) {
  std::chrono::milliseconds timeout = 20ms;
  while (!times_out_at_the_second(timeout)) timeout *= 2;
}

// The first item's call ends after the second's result was taken.
TEST(map_unordered, gives_what_is_done_first) {
  par::thread_pool pool(2);
  std::latch taken(1);
  auto results = par::map_unordered(pool, std::views::iota(0, 2), [&](int i) {
    if (i == 0) taken.wait();
    return i;
  });
  auto each = results.begin();
  EXPECT_EQ(*each, 1);
  taken.count_down();
  ++each;
  EXPECT_EQ(*each, 0);
}

}  // namespace
