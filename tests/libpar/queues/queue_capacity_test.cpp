// The bound of a queue: exact whatever its size, and changed while in use where that is possible.
#include <gtest/gtest.h>

#include <stdexcept>

#include "libpar/queues/queues.h"
#include "par/pools/thread.h"

namespace {

using par::queue_errc;

template <class Queue>
struct queue_capacity : testing::Test {};
TYPED_TEST_SUITE(queue_capacity, every_queue<int>::types, queue_names);

TYPED_TEST(queue_capacity, is_exact_in_every_round) {
  for (const std::size_t capacity : {1U, 2U, 3U, 5U, 7U, 8U, 100U}) {
    SCOPED_TRACE(capacity);
    TypeParam q(capacity);
    for (int round = 0; round < 5; ++round) {
      for (std::size_t i = 0; i < capacity; ++i) {
        EXPECT_FALSE(q.full());
        ASSERT_TRUE(q.try_put(1));
      }
      EXPECT_TRUE(q.full());
      EXPECT_EQ(q.try_put(1).error(), queue_errc::full);
      EXPECT_EQ(q.size(), capacity);
      for (std::size_t i = 0; i < capacity - 1; ++i) ASSERT_TRUE(q.try_get());
      EXPECT_EQ(q.size(), 1U);
      ASSERT_TRUE(q.try_get());
      EXPECT_EQ(q.try_get().error(), queue_errc::empty);
    }
  }
}

template <class Queue>
struct changing_capacity : testing::Test {};
using changing_queues = testing::Types<par::lifo_queue<int>, par::priority_queue<int>>;
TYPED_TEST_SUITE(changing_capacity, changing_queues);

TYPED_TEST(changing_capacity, growing_makes_room_for_those_who_wait) {
  TypeParam q(1);
  q.put(1);
  {
    const par::thread first("put", [&] { q.put(2); });
    const par::thread second("put", [&] { q.put(3); });
    q.set_capacity(3);
  }
  EXPECT_EQ(q.capacity(), 3U);
  EXPECT_EQ(q.size(), 3U);
}

TYPED_TEST(changing_capacity, shrinking_drops_nothing) {
  TypeParam q(4);
  for (int i = 0; i < 4; ++i) q.put(i);
  q.set_capacity(2);
  EXPECT_TRUE(q.full());
  EXPECT_EQ(q.size(), 4U);
  static_cast<void>(q.get());
  static_cast<void>(q.get());
  EXPECT_EQ(q.try_put(1).error(), queue_errc::full);
  static_cast<void>(q.get());
  EXPECT_TRUE(q.try_put(1));
  EXPECT_EQ(q.size(), 2U);
}

TYPED_TEST(changing_capacity, can_become_unbounded_and_not_nothing) {
  TypeParam q(1);
  q.set_capacity(TypeParam::unbounded);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(q.try_put(1));
  EXPECT_THROW(q.set_capacity(0), std::invalid_argument);
}

}  // namespace
