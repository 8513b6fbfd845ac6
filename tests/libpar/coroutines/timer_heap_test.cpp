#include "../../../libpar/src/coroutines/timer_heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace {

using par::detail::sleeper;
using par::detail::timer_heap;
using time_point = timer_heap::time_point;

time_point at(int tick) {
  return time_point(std::chrono::nanoseconds(tick));
}

TEST(timer_heap, gives_the_earliest_and_of_equals_the_one_that_came_first) {
  std::vector<sleeper> sleepers(5);
  timer_heap heap;
  const int due[] = {3, 1, 2, 1, 3};
  for (std::size_t i = 0; i < 5; ++i) heap.push(sleepers[i], at(due[i]));
  for (const std::size_t next : {1, 3, 2, 0, 4}) {
    EXPECT_EQ(heap.next_time(), at(due[next]));
    EXPECT_EQ(&heap.pop(), &sleepers[next]);
    EXPECT_FALSE(sleepers[next].sleeps());
  }
  EXPECT_TRUE(heap.empty());
}

// Beside an ordered map, with sleepers that leave from anywhere.
TEST(timer_heap, does_what_a_map_does) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<sleeper> sleepers(200);
    timer_heap heap;
    std::map<std::pair<time_point, int>, sleeper*> model;
    for (int step = 0; step < 2'000; ++step) {
      sleeper& who = sleepers[random() % sleepers.size()];
      if (!who.sleeps()) {
        const time_point due = at(static_cast<int>(random() % 50));
        heap.push(who, due);
        model.emplace(std::pair(due, step), &who);
      } else if (random() % 2 == 0) {
        heap.remove(who);
        std::erase_if(model, [&](const auto& each) { return each.second == &who; });
      } else {
        ASSERT_EQ(heap.next_time(), model.begin()->first.first);
        ASSERT_EQ(&heap.pop(), model.begin()->second);
        model.erase(model.begin());
      }
      ASSERT_EQ(heap.empty(), model.empty());
    }
  }
}

}  // namespace
