#include "par/queues/queue.h"

#include <gtest/gtest.h>

#include <chrono>
#include <latch>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;
using par::queue_errc;

TEST(queue, gives_items_in_the_order_put) {
  par::queue<int> q(3);
  q.put(1);
  q.put(2);
  q.put(3);
  EXPECT_EQ(q.get(), 1);
  EXPECT_EQ(q.get(), 2);
  EXPECT_EQ(q.get(), 3);
}

TEST(queue, tells_size_and_bounds) {
  par::queue<int> q(2);
  EXPECT_EQ(q.capacity(), 2U);
  EXPECT_TRUE(q.empty());
  q.put(1);
  EXPECT_EQ(q.size(), 1U);
  EXPECT_FALSE(q.empty());
  EXPECT_FALSE(q.full());
  q.put(2);
  EXPECT_TRUE(q.full());
}

TEST(queue, unbounded_is_never_full) {
  par::queue<int> q;
  for (int i = 0; i < 10'000; ++i) q.put(i);
  EXPECT_FALSE(q.full());
}

TEST(queue, capacity_of_nothing_is_refused) {
  EXPECT_THROW(par::queue<int>(0), std::invalid_argument);
}

TEST(queue, try_forms_say_full_empty_and_closed) {
  par::queue<int> q(1);
  EXPECT_EQ(q.try_get().error(), queue_errc::empty);
  EXPECT_TRUE(q.try_put(1));
  EXPECT_EQ(q.try_put(2).error(), queue_errc::full);
  q.close();
  EXPECT_EQ(q.try_put(3).error(), queue_errc::closed);
  EXPECT_EQ(q.try_get(), 1);
  EXPECT_EQ(q.try_get().error(), queue_errc::closed);
}

TEST(queue, timed_forms_give_up) {
  par::queue<int> q(1);
  EXPECT_EQ(q.get_for(2ms).error(), queue_errc::timeout);
  EXPECT_EQ(q.get_until(std::chrono::steady_clock::now()).error(), queue_errc::timeout);
  EXPECT_TRUE(q.put_for(1, 1ms));
  EXPECT_EQ(q.put_for(2, 2ms).error(), queue_errc::timeout);
  EXPECT_EQ(q.put_until(2, std::chrono::system_clock::now()).error(), queue_errc::timeout);
  EXPECT_EQ(q.get_for(0ms), 1);
}

TEST(queue, stopped_forms_give_up) {
  par::queue<int> q(1);
  std::stop_source stop;
  EXPECT_TRUE(q.put(1, stop.get_token()));
  stop.request_stop();
  EXPECT_EQ(q.put(2, stop.get_token()).error(), queue_errc::stopped);
  EXPECT_EQ(q.get(stop.get_token()), 1);
  EXPECT_EQ(q.get(stop.get_token()).error(), queue_errc::stopped);
}

TEST(queue, a_put_that_fails_leaves_the_item) {
  par::queue<std::unique_ptr<int>> q(1);
  q.put(std::make_unique<int>(1));
  auto item = std::make_unique<int>(2);
  EXPECT_FALSE(q.try_put(std::move(item)));
  ASSERT_NE(item, nullptr);
  EXPECT_FALSE(q.put_for(std::move(item), 1ms));
  ASSERT_NE(item, nullptr);
  q.close();
  EXPECT_FALSE(q.try_put(std::move(item)));
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(*item, 2);
}

TEST(queue, closed_it_drains_then_throws) {
  par::queue<int> q;
  q.put(1);
  q.put(2);
  q.close();
  EXPECT_TRUE(q.closed());
  EXPECT_THROW(q.put(3), par::queue_closed);
  EXPECT_EQ(q.get(), 1);
  EXPECT_EQ(q.get(), 2);
  EXPECT_THROW(static_cast<void>(q.get()), par::queue_closed);
}

TEST(queue, closed_immediately_it_drops_what_it_held) {
  par::queue<std::shared_ptr<int>> q;
  const auto item = std::make_shared<int>(1);
  q.put(item);
  q.close();
  EXPECT_EQ(item.use_count(), 2);
  q.close(par::close_mode::immediate);
  EXPECT_EQ(item.use_count(), 1);
  EXPECT_EQ(q.try_get().error(), queue_errc::closed);
}

TEST(queue, close_wakes_those_who_wait) {
  par::queue<int> empty, full(1);
  full.put(1);
  std::latch waiting(2);
  bool get_threw = false, put_threw = false;
  {
    const par::thread getter("get", [&] {
      waiting.count_down();
      try {
        static_cast<void>(empty.get());
      } catch (const par::queue_closed&) {
        get_threw = true;
      }
    });
    const par::thread putter("put", [&] {
      waiting.count_down();
      try {
        full.put(2);
      } catch (const par::queue_closed&) {
        put_threw = true;
      }
    });
    waiting.wait();
    empty.close();
    full.close();
  }
  EXPECT_TRUE(get_threw);
  EXPECT_TRUE(put_threw);
}

TEST(queue, a_get_makes_room_for_a_waiting_put) {
  par::queue<int> q(1);
  q.put(1);
  const par::thread putter("put", [&] { q.put(2); });
  EXPECT_EQ(q.get(), 1);
  EXPECT_EQ(q.get(), 2);
}

TEST(queue, consume_is_a_range_that_ends_when_closed) {
  par::queue<int> q;
  for (int i = 0; i < 5; ++i) q.put(i);
  q.close();
  std::vector<int> seen;
  for (const int item : q.consume()) seen.push_back(item);
  EXPECT_EQ(seen, (std::vector{0, 1, 2, 3, 4}));
}

TEST(queue, consume_ends_when_stopped) {
  par::queue<int> q;
  q.put(1);
  std::stop_source stop;
  int seen = 0;
  for (const int item : q.consume(stop.get_token())) {
    seen += item;
    stop.request_stop();
  }
  EXPECT_EQ(seen, 1);
}

TEST(queue, consumed_items_can_be_moved_out) {
  par::queue<std::unique_ptr<int>> q;
  q.put(std::make_unique<int>(3));
  q.close();
  std::unique_ptr<int> kept;
  for (std::unique_ptr<int>& item : q.consume()) kept = std::move(item);
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(*kept, 3);
}

}  // namespace
