// What the three queues do to the items: only moved, never lost, destroyed once.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stop_token>

#include "libpar/queues/queues.h"

namespace {

using namespace std::chrono_literals;

template <class Queue>
struct queue_of_unique : testing::Test {};
TYPED_TEST_SUITE(queue_of_unique, every_queue<std::unique_ptr<int>>::types, queue_names);

TYPED_TEST(queue_of_unique, a_put_that_fails_leaves_the_item) {
  TypeParam q(1);
  q.put(std::make_unique<int>(1));
  auto item = std::make_unique<int>(2);
  EXPECT_FALSE(q.try_put(std::move(item)));
  ASSERT_NE(item, nullptr);
  EXPECT_FALSE(q.put_for(std::move(item), 1ms));
  ASSERT_NE(item, nullptr);
  q.close();
  EXPECT_FALSE(q.try_put(std::move(item)));
  ASSERT_NE(item, nullptr);
  EXPECT_FALSE(q.put(std::move(item), std::stop_token()));
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(*item, 2);
}

TYPED_TEST(queue_of_unique, consumed_items_can_be_moved_out) {
  TypeParam q;
  q.put(std::make_unique<int>(3));
  q.close();
  std::unique_ptr<int> kept;
  for (std::unique_ptr<int>& item : q.consume()) kept = std::move(item);
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(*kept, 3);
}

template <class Queue>
struct queue_of_shared : testing::Test {};
TYPED_TEST_SUITE(queue_of_shared, every_queue<std::shared_ptr<int>>::types, queue_names);

TYPED_TEST(queue_of_shared, closed_immediately_it_drops_what_it_held) {
  for (const std::size_t capacity : {std::size_t{4}, TypeParam::unbounded}) {
    TypeParam q(capacity);
    const auto item = std::make_shared<int>(1);
    q.put(item);
    q.close();
    EXPECT_EQ(item.use_count(), 2);
    q.close(par::close_mode::immediate);
    EXPECT_EQ(item.use_count(), 1);
    EXPECT_EQ(q.try_get().error(), par::queue_errc::closed);
    EXPECT_TRUE(q.empty());
  }
}

TYPED_TEST(queue_of_shared, keeps_no_trace_of_what_was_taken) {
  for (const std::size_t capacity : {std::size_t{4}, TypeParam::unbounded}) {
    TypeParam q(capacity);
    const auto item = std::make_shared<int>(1);
    q.put(item);
    static_cast<void>(q.get());
    EXPECT_EQ(item.use_count(), 1);
  }
}

TYPED_TEST(queue_of_shared, destroys_what_it_still_holds) {
  const auto item = std::make_shared<int>(1);
  for (const std::size_t capacity : {std::size_t{3}, TypeParam::unbounded}) {
    TypeParam q(capacity);
    for (int i = 0; i < 7; ++i) {
      q.put(item);
      static_cast<void>(q.get());
    }
    q.put(item);
    q.put(item);
    EXPECT_EQ(item.use_count(), 3);
  }
  EXPECT_EQ(item.use_count(), 1);
}

}  // namespace
