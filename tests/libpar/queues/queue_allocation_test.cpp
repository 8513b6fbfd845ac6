// What queues allocate once they have been made: nothing.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <vector>

#include "libpar/pools/allocations.h"
#include "libpar/queues/queues.h"
#include "par/pools/thread.h"

namespace {

constexpr int items = 10'000;

template <class F>
std::size_t allocations_in(F f) {
  const std::size_t before = allocations();
  f();
  return allocations() - before;
}

TEST(queue_allocation, of_a_bounded_queue_is_over_when_it_is_made) {
  par::queue<int> q(100);
  EXPECT_EQ(allocations_in([&] {
              for (int i = 0; i < items; ++i) {
                q.put(i);
                static_cast<void>(q.try_put(int{i}));
                static_cast<void>(q.get());
                static_cast<void>(q.get_for(std::chrono::seconds(1)));
                q.task_done();
              }
            }),
            0U);
}

// A stack or a heap that has once been as large as it gets.
template <class Queue>
struct grown_queue_allocation : testing::Test {};
using grown_queues = testing::Types<par::lifo_queue<int>, par::priority_queue<int>>;
TYPED_TEST_SUITE(grown_queue_allocation, grown_queues);

TYPED_TEST(grown_queue_allocation, is_over_once_it_has_grown) {
  TypeParam q(100);
  const auto fill_and_empty = [&] {
    for (int i = 0; i < 100; ++i) q.put(i);
    for (int i = 0; i < 100; ++i) static_cast<void>(q.get());
  };
  fill_and_empty();
  EXPECT_EQ(allocations_in(fill_and_empty), 0U);
}

// Waiting allocates nothing either.
TEST(queue_allocation, of_threads_that_wait_for_each_other_is_nothing) {
  par::queue<int> there(1), back(1);
  const par::thread echo("echo", [&] {
    for (const int item : there.consume()) back.put(item);
  });
  there.put(0);
  static_cast<void>(back.get());
  EXPECT_EQ(allocations_in([&] {
              for (int i = 0; i < items; ++i) {
                there.put(i);
                static_cast<void>(back.get());
              }
            }),
            0U);
  there.close();
}

}  // namespace
