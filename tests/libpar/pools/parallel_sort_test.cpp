#include "par/pools/parallel_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "executors.h"
#include "par/pools/parallel_for.h"

namespace {

class parallel_sort_over : public over_executors {};
OVER_EXECUTORS(parallel_sort_over);

struct pattern {
  const char* name;
  std::uint64_t (*at)(std::uint64_t i, std::uint64_t count, std::mt19937_64& random);
};

const pattern patterns[] = {
    {"random", [](auto, auto, auto& random) -> std::uint64_t { return random(); }},
    {"sorted", [](auto i, auto, auto&) -> std::uint64_t { return i; }},
    {"reversed", [](auto i, auto count, auto&) -> std::uint64_t { return count - i; }},
    {"equal", [](auto, auto, auto&) -> std::uint64_t { return 5; }},
    {"few different", [](auto, auto, auto& random) -> std::uint64_t { return random() % 4; }},
    {"organ pipe",
     [](auto i, auto count, auto&) -> std::uint64_t { return std::min(i, count - i); }},
    {"saw", [](auto i, auto, auto&) -> std::uint64_t { return i % 37; }},
    {"sorted but for one",
     [](auto i, auto count, auto&) -> std::uint64_t { return i == count / 2 ? 0 : i; }},
    {"sorted but for the end",
     [](auto i, auto count, auto& random) -> std::uint64_t {
       return i + 10 > count ? random() % count : i;
     }},
};

std::vector<std::uint64_t> make(const pattern& kind, std::uint64_t count) {
  std::mt19937_64 random(count);
  std::vector<std::uint64_t> keys(count);
  for (std::uint64_t i = 0; i < count; ++i) keys[i] = kind.at(i, count, random);
  return keys;
}

TEST_P(parallel_sort_over, agrees_with_std_sort) {
  for (const pattern& each : patterns) {
    for (std::uint64_t count = 0; count <= 1'000; count += count < 60 ? 1 : 47) {
      std::vector<std::uint64_t> got = make(each, count), want = got;
      par::parallel_sort(*on, got);
      std::ranges::sort(want);
      ASSERT_EQ(got, want) << each.name << ' ' << count;
    }
    std::vector<std::uint64_t> got = make(each, 30'000), want = got;
    par::parallel_sort(*on, got.begin(), got.end(), std::greater<>());
    std::ranges::sort(want, std::greater<>());
    ASSERT_EQ(got, want) << each.name;
  }
}

// Too large to be partitioned without branches, and costly to lose.
TEST_P(parallel_sort_over, sorts_what_is_not_plain_bytes) {
  for (const pattern& each : patterns) {
    for (const std::uint64_t count : {10U, 200U, 10'000U}) {
      std::vector<std::string> got;
      for (const std::uint64_t key : make(each, count))
        got.push_back("a long prefix " + std::to_string(key));
      std::vector<std::string> want = got;
      par::parallel_sort(*on, got);
      std::ranges::sort(want);
      ASSERT_EQ(got, want) << each.name << ' ' << count;
    }
  }
}

TEST_P(parallel_sort_over, sorts_what_can_only_be_moved_and_is_not_contiguous) {
  std::deque<std::unique_ptr<std::uint64_t>> got;
  for (const std::uint64_t key : make(patterns[0], 20'000)) {
    got.push_back(std::make_unique<std::uint64_t>(key));
  }
  par::parallel_sort(*on, got, [](const auto& a, const auto& b) { return *a < *b; });
  EXPECT_TRUE(std::ranges::is_sorted(got, {}, [](const auto& p) { return *p; }));
}

// Heapsort's turn: a comparison that answers so that every pivot is as bad as can be (McIlroy, "A
// Killer Adversary for Quicksort", 1999).
TEST_P(parallel_sort_over, no_input_takes_quadratic_time) {
  constexpr int count = 20'000, gas = count;
  std::vector<int> values(count, gas), order(count);
  for (int i = 0; i < count; ++i) order[static_cast<std::size_t>(i)] = i;
  par::serial_executor alone;
  int solid = 0, candidate = 0;
  std::uint64_t comparisons = 0;
  const auto adversary = [&](int a, int b) {
    ++comparisons;
    int& x = values[static_cast<std::size_t>(a)];
    int& y = values[static_cast<std::size_t>(b)];
    if (x == gas && y == gas) (a == candidate ? x : y) = solid++;
    if (x == gas) candidate = a;
    if (y == gas) candidate = b;
    return x < y;
  };
  par::parallel_sort(alone, order, adversary);
  EXPECT_LT(comparisons, 20'000U * 15 * 6);
  std::vector<int> killer = values;
  par::parallel_sort(*on, killer);
  EXPECT_TRUE(std::ranges::is_sorted(killer));
}

template <class T, class Make>
void expect_same_elements_after_a_throw(par::executor& on, Make from) {
  std::vector<T> before;
  for (const std::uint64_t key : make(patterns[0], 10'000)) before.push_back(from(key));
  std::vector<T> want = before;
  std::ranges::sort(want);
  for (const int at : {0, 1, 100, 5'000, 100'000}) {
    std::vector<T> got = before;
    std::atomic<int> left = at;
    EXPECT_THROW(par::parallel_sort(on, got,
                                    [&](const T& a, const T& b) {
                                      if (left-- <= 0) throw std::runtime_error("x");
                                      return a < b;
                                    }),
                 std::runtime_error);
    std::ranges::sort(got);
    ASSERT_EQ(got, want) << at;
  }
}

TEST_P(parallel_sort_over, a_comparison_that_throws_loses_no_element) {
  expect_same_elements_after_a_throw<std::uint64_t>(*on, [](std::uint64_t key) { return key; });
  expect_same_elements_after_a_throw<std::string>(
      *on, [](std::uint64_t key) { return "a long prefix " + std::to_string(key); });
}

TEST_P(parallel_sort_over, can_be_called_inside_a_loop) {
  std::atomic<int> sorted = 0;
  par::parallel_for(*on, 0, 10, [&](int i) {
    std::vector<std::uint64_t> keys = make(patterns[0], 20'000 + static_cast<std::uint64_t>(i));
    par::parallel_sort(*on, keys);
    sorted += std::ranges::is_sorted(keys) ? 1 : 0;
  });
  EXPECT_EQ(sorted, 10);
}

}  // namespace
