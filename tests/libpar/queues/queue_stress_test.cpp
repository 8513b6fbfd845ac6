// Many threads on one queue: nothing lost, nothing doubled, each producer's order kept.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "par/pools/thread.h"
#include "par/queues/queue.h"

namespace {

struct item {
  int producer;
  int number;
};

struct stress_case {
  const char* name;
  std::size_t capacity;
  int producers;
  int consumers;
};

const stress_case cases[] = {
    {"1 to 1, room for one", 1, 1, 1},
    {"1 to 1, roomy", 64, 1, 1},
    {"4 to 4, room for one", 1, 4, 4},
    {"4 to 4, roomy", 64, 4, 4},
    {"8 to 1", 8, 8, 1},
    {"1 to 8", 8, 1, 8},
    {"unbounded", par::queue<item>::unbounded, 3, 3},
};

constexpr int items_each = 5'000;

// Every third by a form that can give up, so that giving up is mixed with the rest.
void produce(par::queue<item>& q, int producer) {
  for (int n = 0; n < items_each; ++n) {
    item next{producer, n};
    if (n % 3 == 0) {
      while (!q.put_for(std::move(next), std::chrono::microseconds(20))) {
      }
    } else {
      q.put(next);
    }
  }
}

void consume(par::queue<item>& q, std::vector<item>& seen) {
  for (;;) {
    const auto next = q.get_for(std::chrono::microseconds(20));
    if (next)
      seen.push_back(*next);
    else if (next.error() == par::queue_errc::closed)
      return;
    for (int n = 0; n < 2; ++n) {
      try {
        seen.push_back(q.get());
      } catch (const par::queue_closed&) {
        return;
      }
    }
  }
}

std::vector<std::vector<item>> run(const stress_case& c) {
  par::queue<item> q(c.capacity);
  std::vector<std::vector<item>> seen(static_cast<std::size_t>(c.consumers));
  std::vector<par::thread> consumers;
  for (auto& mine : seen) consumers.emplace_back("consume", [&] { consume(q, mine); });
  {
    std::vector<par::thread> producers;
    for (int p = 0; p < c.producers; ++p) {
      producers.emplace_back("produce", [&q, p] { produce(q, p); });
    }
  }
  q.close();
  consumers.clear();
  return seen;
}

TEST(queue_stress, loses_nothing_doubles_nothing_keeps_each_producers_order) {
  for (const stress_case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto producers = static_cast<std::size_t>(c.producers);
    std::vector<std::vector<int>> times(producers, std::vector<int>(items_each));
    for (const std::vector<item>& mine : run(c)) {
      std::vector<int> last(producers, -1);
      for (const item& each : mine) {
        const auto p = static_cast<std::size_t>(each.producer);
        ++times[p][static_cast<std::size_t>(each.number)];
        EXPECT_LT(last[p], each.number);
        last[p] = each.number;
      }
    }
    for (const auto& counts : times) {
      for (const int count : counts) ASSERT_EQ(count, 1);
    }
  }
}

}  // namespace
