// task_done and join of the three queues.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "libpar/queues/queues.h"
#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;
using par::queue_errc;

template <class Queue>
struct queue_join : testing::Test {
  static constexpr std::array<std::size_t, 2> capacities{8, Queue::unbounded};
};
TYPED_TEST_SUITE(queue_join, every_queue<int>::types, queue_names);

TYPED_TEST(queue_join, has_nothing_to_wait_for_at_first) {
  for (const std::size_t capacity : this->capacities) {
    TypeParam q(capacity);
    q.join();
    EXPECT_TRUE(q.try_join());
    EXPECT_TRUE(q.join_for(0s));
    EXPECT_TRUE(q.join_until(std::chrono::system_clock::now()));
    EXPECT_TRUE(q.join(std::stop_token()));
  }
}

TYPED_TEST(queue_join, waits_until_items_are_done_not_only_taken) {
  for (const std::size_t capacity : this->capacities) {
    TypeParam q(capacity);
    q.put(1);
    q.put(2);
    static_cast<void>(q.get());
    static_cast<void>(q.get());
    q.task_done();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(q.try_join().error(), queue_errc::timeout);
    EXPECT_EQ(q.join_for(2ms).error(), queue_errc::timeout);
    EXPECT_EQ(q.join_until(std::chrono::steady_clock::now() + 2ms).error(), queue_errc::timeout);
    EXPECT_EQ(q.join(stop.get_token()).error(), queue_errc::stopped);
    q.task_done();
    q.join();
    EXPECT_TRUE(q.try_join());
  }
}

TYPED_TEST(queue_join, refuses_one_task_done_too_many) {
  for (const std::size_t capacity : this->capacities) {
    TypeParam q(capacity);
    EXPECT_THROW(q.task_done(), std::logic_error);
    q.put(1);
    q.task_done();
    try {
      q.task_done();
      FAIL() << "not refused";
    } catch (const std::logic_error& e) {
      EXPECT_STREQ(e.what(), "queue: task_done() called too many times");
    }
    q.put(2);
    EXPECT_FALSE(q.try_join());
    q.task_done();
    EXPECT_TRUE(q.try_join());
  }
}

TYPED_TEST(queue_join, puts_that_fail_do_not_count) {
  TypeParam q(1);
  q.put(1);
  EXPECT_FALSE(q.try_put(2));
  EXPECT_FALSE(q.put_for(2, 1ms));
  q.close();
  EXPECT_FALSE(q.try_put(2));
  EXPECT_THROW(q.put(2), par::queue_closed);
  q.task_done();
  EXPECT_TRUE(q.try_join());
  EXPECT_THROW(q.task_done(), std::logic_error);
}

TYPED_TEST(queue_join, what_close_drops_is_done) {
  for (const std::size_t capacity : this->capacities) {
    TypeParam q(capacity);
    for (int i = 0; i < 3; ++i) q.put(i);
    static_cast<void>(q.get());
    q.close();
    EXPECT_FALSE(q.try_join());
    q.close(par::close_mode::immediate);
    EXPECT_FALSE(q.try_join());  // One was taken, and is not done.
    q.task_done();
    EXPECT_TRUE(q.try_join());
    EXPECT_THROW(q.task_done(), std::logic_error);
  }
}

TYPED_TEST(queue_join, close_does_not_mark_more_than_was_put) {
  TypeParam q(4);
  q.put(1);
  q.put(2);
  q.task_done();  // Before the item was taken: allowed, as in Python.
  q.close(par::close_mode::immediate);
  EXPECT_TRUE(q.try_join());
}

TYPED_TEST(queue_join, is_woken_by_the_last_task_done_and_by_close) {
  for (const bool by_close : {false, true}) {
    for (const std::size_t capacity : this->capacities) {
      TypeParam q(capacity);
      q.put(1);
      std::stop_source never;
      const std::function<void()> joins[] = {
          [&] { q.join(); },
          [&] { EXPECT_TRUE(q.join_for(1h)); },
          [&] { EXPECT_TRUE(q.join_until(std::chrono::system_clock::now() + 1h)); },
          [&] { EXPECT_TRUE(q.join(never.get_token())); },
      };
      std::vector<par::thread> joiners;
      for (const auto& each : joins) joiners.emplace_back("join", each);
      if (by_close)
        q.close(par::close_mode::immediate);
      else
        q.task_done();
    }
  }
}

TYPED_TEST(queue_join, counts_the_work_of_many_threads) {
  for (const std::size_t capacity : this->capacities) {
    TypeParam q(capacity);
    std::vector<par::thread> workers;
    std::atomic<int> sum = 0;
    for (int i = 0; i < 3; ++i) {
      workers.emplace_back("work", [&] {
        for (const int item : q.consume()) {
          sum += item;
          q.task_done();
        }
      });
    }
    for (int round = 1; round <= 20; ++round) {
      for (int i = 0; i < 100; ++i) q.put(1);
      q.join();
      EXPECT_EQ(sum, round * 100);
    }
    q.close();
  }
}

}  // namespace
