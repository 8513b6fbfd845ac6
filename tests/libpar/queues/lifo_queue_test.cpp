#include "par/queues/lifo_queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

TEST(lifo_queue, gives_the_newest_first) {
  par::lifo_queue<int> q(3);
  q.put(1);
  q.put(2);
  EXPECT_EQ(q.get(), 2);
  q.put(3);
  q.put(4);
  q.close();
  std::vector<int> rest;
  for (const int item : q.consume()) rest.push_back(item);
  EXPECT_EQ(rest, (std::vector{4, 3, 1}));
}

}  // namespace
