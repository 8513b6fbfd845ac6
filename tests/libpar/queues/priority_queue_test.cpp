#include "par/queues/priority_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

template <class Queue>
auto drained(Queue& q) {
  q.close();
  std::vector<typename Queue::value_type> items;
  for (auto& item : q.consume()) items.push_back(std::move(item));
  return items;
}

TEST(priority_queue, gives_the_smallest_first) {
  par::priority_queue<int> q(8);
  for (const int item : {5, 1, 4, 1, 3}) q.put(item);
  EXPECT_EQ(q.get(), 1);
  q.put(2);
  EXPECT_EQ(drained(q), (std::vector{1, 2, 3, 4, 5}));
}

TEST(priority_queue, takes_another_order) {
  par::priority_queue<std::string, std::greater<>> q;
  for (const char* item : {"b", "c", "a"}) q.put(item);
  EXPECT_EQ(drained(q), (std::vector<std::string>{"c", "b", "a"}));
}

TEST(priority_queue, takes_an_order_with_a_state) {
  const auto by_distance_from = [](int centre) {
    return [centre](int a, int b) { return std::abs(a - centre) < std::abs(b - centre); };
  };
  par::priority_queue<int, std::function<bool(int, int)>> q(10, by_distance_from(7));
  for (const int item : {1, 8, 20, 7, 5}) q.put(item);
  EXPECT_EQ(drained(q), (std::vector{7, 8, 5, 1, 20}));
}

TEST(priority_queue, keeps_the_order_of_equal_items) {
  struct by_first {
    bool operator()(const std::pair<int, int>& a, const std::pair<int, int>& b) const {
      return a.first < b.first;
    }
  };
  par::priority_queue<std::pair<int, int>, by_first> q;
  std::vector<std::pair<int, int>> want;
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    want.emplace_back(static_cast<int>(random() % 5), i);
    q.put(want.back());
  }
  std::sort(want.begin(), want.end());  // By the second too, which counts the puts.
  EXPECT_EQ(drained(q), want);
}

}  // namespace
