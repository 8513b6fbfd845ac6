// What a thread pool allocates once it has run for a while: nothing for a post, one for a future.
#include <gtest/gtest.h>

#include <latch>
#include <vector>

#include "libpar/pools/allocations.h"
#include "par/pools/parallel_invoke.h"
#include "par/pools/thread_pool.h"

namespace {

constexpr int many = 1'000;

// All of them are queued at once, whatever the threads' speed.
template <class PostMany>
std::size_t allocated_by(par::thread_pool& pool, PostMany post_many) {
  std::latch go(1), running(1);
  pool.post([&] {
    running.count_down();
    go.wait();
  });
  running.wait();
  const std::size_t before = allocations();
  post_many();
  const std::size_t after = allocations();
  go.count_down();
  pool.wait_idle();
  return after - before;
}

TEST(thread_pool_allocation, none_for_a_post_from_outside) {
  par::thread_pool pool(1);
  const auto post_many = [&] {
    for (int i = 0; i < many; ++i) pool.post([] {});
  };
  for (int round = 0; round < 3; ++round) allocated_by(pool, post_many);
  EXPECT_EQ(allocated_by(pool, post_many), 0U);
}

TEST(thread_pool_allocation, none_for_a_post_by_a_task) {
  par::thread_pool pool(1);
  std::size_t allocated = 0;
  const auto round = [&] {
    const std::size_t before = allocations();
    for (int i = 0; i < many; ++i) pool.post([] {});
    allocated = allocations() - before;
  };
  for (int i = 0; i < 4; ++i) {
    pool.post(round);
    pool.wait_idle();
  }
  EXPECT_EQ(allocated, 0U);
}

TEST(thread_pool_allocation, one_for_a_future) {
  par::thread_pool pool(1);
  std::vector<par::future<int>> futures(many);
  const auto submit_many = [&] {
    for (int i = 0; i < many; ++i) {
      futures[static_cast<std::size_t>(i)] = pool.submit([i] { return i; });
    }
  };
  allocated_by(pool, submit_many);
  EXPECT_EQ(allocated_by(pool, submit_many), static_cast<std::size_t>(many));
}

int count(par::executor& on, int from, int to) {
  if (to - from == 1) return 1;
  int left = 0, right = 0;
  const int middle = (from + to) / 2;
  par::parallel_invoke(
      on, [&] { left = count(on, from, middle); }, [&] { right = count(on, middle, to); });
  return left + right;
}

TEST(thread_pool_allocation, none_for_fork_and_join) {
  par::thread_pool pool(1);
  std::size_t allocated = 1;
  for (int i = 0; i < 2; ++i) {
    pool.submit([&] {
          const std::size_t before = allocations();
          EXPECT_EQ(count(pool, 0, many), many);
          allocated = allocations() - before;
        })
        .get();
  }
  EXPECT_EQ(allocated, 0U);
}

}  // namespace
