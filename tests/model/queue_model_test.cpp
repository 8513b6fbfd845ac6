#include "par/queues/queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "model/explorer.h"

namespace {

TEST(queue_model, loses_and_doubles_nothing) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto q = std::make_shared<par::queue<int>>(1);
    auto seen = std::make_shared<std::vector<int>>();
    s.thread([q] {
      q->put(1);
      q->put(2);
    });
    s.thread([q, seen] {
      for (int i = 0; i < 2; ++i) seen->push_back(q->get());
    });
    s.at_end([seen] { return *seen == std::vector{1, 2}; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
  EXPECT_GT(v.runs, 100U);
}

TEST(queue_model, close_ends_every_wait) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto q = std::make_shared<par::queue<int>>(1);
    auto sum = std::make_shared<int>(0);
    s.thread([q, sum] {
      for (const int item : q->consume()) *sum += item;
    });
    s.thread([q] {
      q->put(1);
      q->put(2);
      q->close();
    });
    s.at_end([sum] { return *sum == 3; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

TEST(queue_model, two_consumers_share) {
  const model::verdict v = model::explore(
      [](model::scenario& s) {
        auto q = std::make_shared<par::queue<int>>(2);
        auto taken = std::make_shared<std::vector<int>>(2);
        for (std::size_t i = 0; i < 2; ++i) {
          s.thread([q, taken, i] { (*taken)[i] = q->get(); });
        }
        s.thread([q] {
          q->put(1);
          q->put(2);
        });
        s.at_end([taken] { return (*taken)[0] + (*taken)[1] == 3; });
      },
      {.preemptions = 1});
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
