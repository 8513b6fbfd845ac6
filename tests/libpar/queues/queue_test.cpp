#include "par/queues/queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

TEST(queue, gives_items_in_the_order_put) {
  for (const std::size_t capacity : {std::size_t{3}, par::queue<int>::unbounded}) {
    par::queue<int> q(capacity);
    int put = 0, got = 0;
    for (int round = 0; round < 50; ++round) {
      for (int i = 0; i < 3; ++i) q.put(put++);
      for (int i = 0; i < 3; ++i) EXPECT_EQ(q.get(), got++);
    }
  }
}

// A ticket that a closed queue refused must not count, however many there are.
TEST(queue, tells_its_size_after_many_operations_that_were_refused) {
  par::queue<int> q(3);
  q.put(1);
  q.put(2);
  q.close();
  for (int i = 0; i < 100; ++i) EXPECT_THROW(q.put(3), par::queue_closed);
  EXPECT_EQ(q.size(), 2U);
  EXPECT_EQ(q.get(), 1);
  EXPECT_EQ(q.get(), 2);
  for (int i = 0; i < 100; ++i) EXPECT_THROW(static_cast<void>(q.get()), par::queue_closed);
  EXPECT_EQ(q.size(), 0U);
}

}  // namespace
