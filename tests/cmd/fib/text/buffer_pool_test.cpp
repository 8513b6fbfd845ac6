#include "fib/text/buffer_pool.h"

#include <gtest/gtest.h>

#include <cstring>
#include <optional>
#include <utility>

namespace fib {
namespace {

TEST(buffer_pool, gives_the_same_memory_again) {
  buffer_pool pool;
  const char* first = nullptr;
  {
    const buffer_pool::buffer taken = pool.take(1000);
    first = taken.data();
  }
  EXPECT_EQ(pool.take(1000).data(), first);
  EXPECT_EQ(pool.take(1).data(), first);
}

TEST(buffer_pool, gives_each_buffer_memory_of_its_own) {
  buffer_pool pool;
  const buffer_pool::buffer one = pool.take(100);
  const buffer_pool::buffer two = pool.take(100);
  std::memset(one.data(), '1', 100);
  std::memset(two.data(), '2', 100);
  EXPECT_EQ(one.data()[99], '1');
  EXPECT_EQ(two.data()[0], '2');
}

TEST(buffer_pool, replaces_a_piece_that_is_too_small) {
  buffer_pool pool;
  static_cast<void>(pool.take(10));
  const buffer_pool::buffer large = pool.take(100'000);
  std::memset(large.data(), 'x', 100'000);  // An address sanitizer sees if it is not there.
  EXPECT_EQ(large.data()[99'999], 'x');
}

TEST(buffer_pool, is_outlived_by_its_buffers) {
  std::optional<buffer_pool> pool(std::in_place);
  buffer_pool::buffer taken = pool->take(10);
  pool.reset();
  const buffer_pool::buffer moved = std::move(taken);
  std::memset(moved.data(), 'x', 10);
  EXPECT_EQ(moved.data()[9], 'x');
}

}  // namespace
}  // namespace fib
